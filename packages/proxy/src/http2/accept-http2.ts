import type { Socket } from "node:net";
import type { DrainingConnection, ServerSettings } from "../http1/server-settings.ts";
import { loadHttp2 } from "./load-http2.ts";
import { Http2ServerSession } from "./server-session.ts";
import { serverSessionOptions } from "./session-options.ts";

/** Serves a connection that has begun with the preface of HTTP/2; see `ServerSettings.http2`. */
export function acceptHttp2(socket: Socket, settings: ServerSettings): DrainingConnection {
  let session: Http2ServerSession | undefined;
  let draining = false;
  socket.on("error", ignore);
  void loadHttp2().then(({ performServerHandshake }) => {
    if (socket.destroyed) return;
    const raw = performServerHandshake(socket, serverSessionOptions(settings.limits));
    session = new Http2ServerSession(raw, socket, settings);
    // Paused since it was looked at to tell what it speaks.
    socket.resume();
    if (draining) session.drain();
  });
  return {
    drain: () => {
      draining = true;
      session?.drain();
    },
  };
}

function ignore(): void {}
