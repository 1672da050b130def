/** A worker that answers ELK's messages: the layout algorithm itself, off the page's thread. */
import "elkjs/lib/elk-worker.min.js";
