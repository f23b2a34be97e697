// Says on the page itself that its circuit answers.
export function markReady() {
  document.body.dataset.circuit = "ready";
}
