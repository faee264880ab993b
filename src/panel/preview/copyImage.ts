// Puts an image itself on the clipboard, for programs that know nothing of this extension.

/** Rejects if the browser gives no pixels or refuses the clipboard. Call it from a person's click. */
export async function copyImage(uri: string): Promise<void> {
  // The clipboard takes PNG only; the promise keeps the click's permission while the image is drawn.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(uri) })]);
}

async function pngOf(uri: string): Promise<Blob> {
  const image = new Image();
  // Without it, no pixels are given of what comes from another origin.
  image.crossOrigin = 'anonymous';
  image.src = uri;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('No pixels'))), 'image/png');
  });
}
