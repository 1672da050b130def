/** Methods of HTTP: RFC 9110, PATCH (RFC 5789), and those of WebDAV (RFC 4918, 3253, 3744, 5323) and its kin. */
const methods: ReadonlySet<string> = new Set(
  (
    "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH QUERY " +
    "PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK SEARCH ACL REPORT BIND UNBIND REBIND LINK UNLINK " +
    "CHECKIN CHECKOUT UNCHECKOUT VERSION-CONTROL MERGE UPDATE LABEL MKACTIVITY MKWORKSPACE MKCALENDAR ORDERPATCH PURGE"
  ).split(" "),
);

export function isKnownMethod(method: string): boolean {
  return methods.has(method);
}
