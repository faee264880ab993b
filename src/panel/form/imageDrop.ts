// Turns an image file that is dropped or pasted onto the page into its bytes, for the host to look for a prompt in.
import { LARGEST_FILE_BYTES } from '../../protocol/imageFile.ts';
import type { Intent } from '../../protocol/intent.ts';

/** Text on the clipboard is for the prompt box, even if an image lies beside it. */
export function listenForImages(post: (intent: Intent) => void): void {
  document.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    document.body.classList.add('dropping');
  });
  for (const end of ['dragleave', 'drop', 'dragend']) document.addEventListener(end, () => document.body.classList.remove('dropping'));
  document.addEventListener('drop', (event) => {
    const file = imageIn(event.dataTransfer);
    if (!event.dataTransfer?.types.includes('Files')) return;
    // Else the browser would leave the page for the file.
    event.preventDefault();
    if (file) void send(file, post);
  });
  document.addEventListener('paste', (event) => {
    const file = imageIn(event.clipboardData);
    if (!file || event.clipboardData?.getData('text/plain') !== '') return;
    event.preventDefault();
    void send(file, post);
  });
}

function imageIn(data: DataTransfer | null): File | undefined {
  return [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'));
}

/** A file that cannot be read is told as one that is too large to be: neither has a prompt to give. */
async function send(file: File, post: (intent: Intent) => void): Promise<void> {
  const name = file.name.slice(0, 200);
  const buffer = file.size > LARGEST_FILE_BYTES ? undefined : await file.arrayBuffer().catch(() => undefined);
  post({ type: 'imageFile', name, ...(buffer && { bytes: new Uint8Array(buffer) }) });
}
