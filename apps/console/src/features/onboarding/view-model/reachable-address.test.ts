import { expect, test } from "vitest";
import { reachableAddress } from "./reachable-address.ts";

test.each`
  console                     | page           | address
  ${"http://127.0.0.1:4318"}  | ${"127.0.0.1"} | ${"http://127.0.0.1:4318"}
  ${"http://127.0.0.1:4318"}  | ${"localhost"} | ${"http://127.0.0.1:4318"}
  ${"http://127.0.0.1:4918"}  | ${"mesh.test"} | ${"http://mesh.test:4918"}
  ${"http://[::1]:4318"}      | ${"10.0.0.7"}  | ${"http://10.0.0.7:4318"}
  ${"http://collector:4318"}  | ${"127.0.0.1"} | ${"http://127.0.0.1:4318"}
  ${"https://otlp.mesh.test"} | ${"127.0.0.1"} | ${"https://otlp.mesh.test"}
  ${"http://10.1.2.3:4318/"}  | ${"mesh.test"} | ${"http://10.1.2.3:4318"}
`("the console's $console is $address for who reads it at $page", ({ console, page, address }) => {
  expect(reachableAddress(console, page)).toBe(address);
});
