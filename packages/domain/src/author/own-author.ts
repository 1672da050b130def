/** Author of what the controller does by itself: the steps of rollouts, and what a guard takes back. No person's name. */
export const ownAuthor = "weir";

/** Why a person cannot have it. */
export const ownAuthorRefused = `"${ownAuthor}" is the author of what the controller does by itself`;

/** Whether people would take a name for {@link ownAuthor}: in any case, width, and with signs between that nobody sees. */
export function looksLikeOwnAuthor(author: string): boolean {
  return (
    author
      .normalize("NFKC")
      .replace(/\p{Cf}/gu, "")
      .trim()
      .toLowerCase() === ownAuthor
  );
}

/** A person by the name of the operating system's user, who may be called as the controller is. */
export function authorOfUser(username: string): string {
  return looksLikeOwnAuthor(username) ? `user ${username}` : username;
}
