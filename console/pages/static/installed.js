// Lets the browser install the pages, and show an honest one without a connection.
if ("serviceWorker" in navigator && document.body.classList.contains("inside")) {
  navigator.serviceWorker.register("/sw.js").catch(() => {});
}
