// A picture that is pasted into an answer goes along as a file. By email it stands where its name is in the words.
const form = document.getElementById("answer");
const words = form?.querySelector("textarea");
const files = form?.querySelector("[type=file]");

function named(picture, taken) {
  const ending = picture.type.split("/")[1].replace("jpeg", "jpg");
  let number = 1;
  while (taken.has(`gambar-${number}.${ending}`)) number += 1;
  return new File([picture], `gambar-${number}.${ending}`, { type: picture.type });
}

words?.addEventListener("paste", (event) => {
  const pictures = [...event.clipboardData.files].filter((each) => /^image\/(png|jpeg|gif|webp)$/.test(each.type));
  if (!pictures.length) return;
  event.preventDefault();
  const going = new DataTransfer();
  for (const each of files.files) going.items.add(each);
  for (const each of pictures) {
    const picture = named(each, new Set([...going.files].map((file) => file.name)));
    going.items.add(picture);
    if ("placesPictures" in form.dataset) words.setRangeText(`[${picture.name}]`, words.selectionStart, words.selectionEnd, "end");
  }
  files.files = going.files;
});
