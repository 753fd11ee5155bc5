// Files dropped on the form or pasted into the words go along, seen before they are sent. A picture that is pasted into
// a mail stands where its name is in the words. Nothing is sent while a file that cannot go along is still spoken of.
const MOST = 5, LARGEST = 10 * 1024 * 1024; // as console/forms.py has them

function named(picture, taken) {
  const ending = picture.type.split("/")[1].replace("jpeg", "jpg");
  let number = 1;
  while (taken.has(`gambar-${number}.${ending}`)) number += 1;
  return new File([picture], `gambar-${number}.${ending}`, { type: picture.type });
}

function isPicture(file) {
  return /^image\/(png|jpeg|gif|webp)$/.test(file.type);
}

export function takesFiles(form) {
  const words = form.querySelector("textarea"), files = form.querySelector("[type=file]"), list = form.querySelector("[data-picked]");
  if (!files || !list) return;

  function problem(text) {
    const line = document.createElement("li"), off = document.createElement("button");
    line.className = "problem";
    line.textContent = text;
    off.type = "button";
    off.className = "quiet";
    off.textContent = list.dataset.without;
    off.addEventListener("click", () => { line.remove(); heed(); words.focus(); });
    line.append(off);
    list.append(line);
    heed();
  }

  function heed() {
    const problem = list.querySelector(".problem");
    words.setCustomValidity(problem ? problem.firstChild.textContent : "");
    list.hidden = !list.children.length;
  }

  function show() {
    list.replaceChildren(...[...files.files].map((file) => {
      const line = document.createElement("li"), off = document.createElement("button"), name = document.createElement("span");
      name.textContent = `${file.name} (${Math.max(1, Math.round(file.size / 1024))} kB)`;
      off.type = "button";
      off.className = "quiet";
      off.textContent = "✕";
      off.setAttribute("aria-label", list.dataset.remove.replace("{name}", file.name));
      off.addEventListener("click", () => { set([...files.files].filter((each) => each !== file)); words.focus(); });
      line.append(...(isPicture(file) ? [preview(file)] : []), name, off);
      return line;
    }));
    heed();
  }

  function set(wanted) {
    const going = new DataTransfer(), kept = [], large = wanted.filter((file) => file.size > LARGEST);
    for (const file of wanted) if (file.size <= LARGEST && kept.length < MOST) kept.push(file);
    for (const file of kept) going.items.add(file);
    files.files = going.files;
    show();
    for (const file of large) problem(list.dataset.large.replace("{name}", file.name));
    if (wanted.length - large.length > MOST) problem(list.dataset.many);
    return kept;
  }

  function take(more) {
    const taken = new Set([...files.files].map((file) => file.name));
    const named_ = more.map((file) => {
      const fresh = file.name && file.name !== "image.png" ? file : named(file, taken);
      taken.add(fresh.name);
      return fresh;
    });
    const kept = set([...files.files, ...named_]);
    return named_.filter((file) => kept.includes(file));
  }

  files.addEventListener("change", () => set([...files.files]));
  words.addEventListener("paste", (event) => {
    const pasted = [...event.clipboardData.files];
    if (!pasted.length) return;
    event.preventDefault();
    const places = "placesPictures" in form.dataset;
    const fresh = pasted.map((file) => (isPicture(file) ? new File([file], "image.png", { type: file.type }) : file));
    for (const file of take(fresh)) {
      if (places && isPicture(file)) words.setRangeText(`[${file.name}]`, words.selectionStart, words.selectionEnd, "end");
    }
  });
  form.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    form.classList.add("dropping");
  });
  form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) form.classList.remove("dropping"); });
  form.addEventListener("drop", (event) => {
    form.classList.remove("dropping");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
}

// Drawn, for the pages let in no pictures but the service's own.
function preview(file) {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  createImageBitmap(file).then((picture) => {
    canvas.height = 48;
    canvas.width = Math.max(1, Math.round((48 * picture.width) / picture.height));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  }).catch(() => canvas.remove());
  return canvas;
}
