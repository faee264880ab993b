// Turns a request into the bytes of its image and their content type, remembering the last few.
import type { CheckedRequest } from './contract.ts';
import { paint, type Painting } from './paint.ts';
import { claimingPng } from './png.ts';
import { SAMPLES } from './samples.ts';
import type { AnswerFields, Image } from './steps.ts';

export interface ImageFile {
  bytes: Buffer;
  contentType: string;
  /** Ending of the file's name, without a dot. */
  ending: string;
}

const REMEMBERED = 24;
/** Pixels cost whoever makes a thumbnail of them. */
const SMALLER = 16;

export class ImageMaker {
  readonly #painted = new Map<string, Promise<Buffer>>();

  /** `item` tells the images of one answer apart, and a replaced file from the one before. */
  async make(request: CheckedRequest, image: Image, fields: AnswerFields = {}, item = 0): Promise<ImageFile> {
    switch (image) {
      case 'landscape':
      case 'flat':
      case 'small': {
        const { watermark } = request;
        const [widthPx, heightPx] = [request.widthPx, request.heightPx].map((px) => (image === 'small' ? Math.ceil(px / SMALLER) : px)) as [number, number];
        const prompt = item === 0 ? request.prompt : `${request.prompt}\n${item}`;
        const { texts = [], paddingBytes } = fields;
        const bytes = await this.#paint({ prompt, widthPx, heightPx, watermark, style: image === 'small' ? 'flat' : image, texts, ...(paddingBytes === undefined ? {} : { paddingBytes }) });
        return { bytes, contentType: 'image/png', ending: 'png' };
      }
      case 'claims60000':
        return { bytes: claimingPng(60000, 60000), contentType: 'image/png', ending: 'png' };
      case 'text':
        return { bytes: Buffer.from('this is no image, and it never was\n'), contentType: 'image/png', ending: 'png' };
      case 'html':
        return { bytes: Buffer.from('<!DOCTYPE html>\n<html><body>Please sign in.</body></html>\n'), contentType: 'text/html', ending: 'png' };
      case 'empty':
        return { bytes: Buffer.alloc(0), contentType: 'image/png', ending: 'png' };
      default:
        return { bytes: SAMPLES[image], contentType: `image/${image}`, ending: image };
    }
  }

  #paint(painting: Painting): Promise<Buffer> {
    const key = JSON.stringify(painting);
    const known = this.#painted.get(key);
    if (known !== undefined) return known;
    const made = paint(painting);
    this.#painted.set(key, made);
    const oldest = this.#painted.keys().next().value;
    if (this.#painted.size > REMEMBERED && oldest !== undefined) this.#painted.delete(oldest);
    return made;
  }
}
