// Follows the shop's events: the ticker below every page, and the progress of one's own order.
const followed = document.body.dataset.live;
const source = new EventSource(followed === "all" ? "/live" : `/live?order=${encodeURIComponent(followed)}`);

source.addEventListener("message", ({ data }) => {
  const event = JSON.parse(data);
  const ticker = document.getElementById("ticker");
  if (followed === "all") {
    if (event.kind === "confirmed")
      ticker.textContent = `Just now in ${event.city}: ${event.goods.join(", ")}`;
    return;
  }
  for (const step of document.querySelectorAll("#progress li")) {
    if (step.dataset.kind === event.kind) step.classList.add("done");
  }
  ticker.textContent = event.trackingCode ? `Tracking code ${event.trackingCode}` : `Order ${event.kind}`;
});
