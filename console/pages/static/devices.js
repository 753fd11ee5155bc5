// Lets this browser be told of one's own tickets (web push): turned on and off on the page of one's account. Once on,
// it says its address again to every new log in of the same person, for a log in ends and an address may change.
const KEPT = "tanggap_push", form = document.querySelector("[data-push]"), why = document.querySelector("[data-push-why]");
const me = document.querySelector("[data-who]")?.dataset.who;

const remembered = () => { try { return localStorage.getItem(KEPT) === me; } catch { return false; } };
const remember = (on) => { try { if (on) localStorage.setItem(KEPT, me); else localStorage.removeItem(KEPT); } catch { /* then it is turned on again by hand */ } };
const bytes = (written) => Uint8Array.from(atob(written.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

function lacking() {
  if (!isSecureContext) return "insecure";
  if ("PushManager" in window && "serviceWorker" in navigator && "Notification" in window) return null;
  return /iPhone|iPad/.test(navigator.userAgent) ? "install" : "unable";
}

function say(reason) {
  why.textContent = why.dataset[reason];
  why.hidden = false;
}

async function subscribed(key) {
  const { pushManager } = await navigator.serviceWorker.ready, there = await pushManager.getSubscription();
  const ours = bytes(key), theirs = there && new Uint8Array(there.options.applicationServerKey ?? []);
  if (there && ours.every((byte, at) => byte === theirs[at])) return there;
  await there?.unsubscribe(); // it takes messages of another key alone
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: ours });
}

function fill(content, subscription) {
  const { endpoint, keys } = subscription.toJSON();
  for (const [name, value] of Object.entries({ endpoint, ...keys })) content(name, value);
}

async function turnOn(event) {
  event.preventDefault();
  if (await Notification.requestPermission() !== "granted") { say("blocked"); return; }
  try {
    fill((name, value) => { if (form.elements[name]) form.elements[name].value = value; }, await subscribed(form.dataset.push));
  } catch { say("failed"); return; }
  remember(true);
  form.submit();
}

async function turnOff(event) {
  event.preventDefault();
  remember(false);
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe().catch(() => {});
  event.target.submit();
}

async function sayAgain() {
  const there = await (await navigator.serviceWorker.ready).pushManager.getSubscription();
  const said = `${me} ${there?.endpoint}`;
  if (!there || Notification.permission !== "granted" || sessionStorage.getItem(KEPT) === said) return;
  const content = new FormData();
  content.append("token", document.querySelector("[data-who] [name=token]").value);
  fill((name, value) => content.append(name, value), there);
  const answer = await fetch("/account/devices", { method: "POST", body: content });
  if (answer.ok) sessionStorage.setItem(KEPT, said);
}

if (form) {
  const reason = lacking();
  if (reason) say(reason);
  else { form.hidden = false; form.addEventListener("submit", turnOn); }
}
document.querySelector("[data-push-off]")?.addEventListener("submit", turnOff);
if (me && remembered() && !lacking()) sayAgain().catch(() => {});
