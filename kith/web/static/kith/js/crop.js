// Choosing what of a picture is kept: by dragging, by sliders, or by keys. Without it the middle is taken.
(() => {
  const form = document.querySelector("form[data-crop]");
  if (!form) return;
  const canvas = form.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const shape = Number(form.dataset.crop);
  const [zoom, across, down] = ["zoom", "across", "down"].map((id) => document.getElementById(id));
  let picture = null;

  // What is kept, in pixels of the picture: four times closer at most.
  const kept = () => {
    const widest = Math.min(picture.width, picture.height * shape);
    const width = widest / (1 + (3 * zoom.value) / 100);
    const height = width / shape;
    return {
      left: ((picture.width - width) * across.value) / 100,
      top: ((picture.height - height) * down.value) / 100,
      width,
      height,
    };
  };
  const draw = () => {
    if (!picture) return;
    const { left, top, width, height } = kept();
    pen.fillStyle = "white";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, left, top, width, height, 0, 0, canvas.width, canvas.height);
    form.elements.left.value = left / picture.width;
    form.elements.top.value = top / picture.height;
    form.elements.width.value = width / picture.width;
  };
  const move = (slider, by) => {
    slider.value = Number(slider.value) + by;
    draw();
  };

  form.elements.file.addEventListener("change", async () => {
    const [file] = form.elements.file.files;
    picture = null;
    ["left", "top", "width"].forEach((name) => { form.elements[name].value = ""; });
    try {
      if (file) picture = await createImageBitmap(file);
    } catch { /* the server says what is wrong with it */ }
    form.querySelector(".cropping").hidden = !picture;
    form.querySelector(".unread").hidden = Boolean(picture) || !file;
    zoom.value = 0;
    across.value = 50;
    down.value = 50;
    draw();
  });
  [zoom, across, down].forEach((slider) => { slider.step = "0.1"; slider.addEventListener("input", draw); });

  const keys = {
    ArrowLeft: [across, -2], ArrowRight: [across, 2], ArrowUp: [down, -2], ArrowDown: [down, 2],
    "+": [zoom, 4], "=": [zoom, 4], "-": [zoom, -4],
  };
  canvas.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    move(...keys[event.key]);
    event.preventDefault();
    event.stopPropagation();
  });
  canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener("pointermove", (event) => {
    if (!picture || !canvas.hasPointerCapture(event.pointerId)) return;
    const { width, height } = kept();
    const box = canvas.getBoundingClientRect();
    const free = [picture.width - width, picture.height - height];
    if (free[0] > 0) move(across, (-event.movementX / box.width) * width * 100 / free[0]);
    if (free[1] > 0) move(down, (-event.movementY / box.height) * height * 100 / free[1]);
  });
})();
