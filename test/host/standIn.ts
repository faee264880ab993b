// The stand-in endpoint that this VS Code is set to, steered from inside.
import * as vscode from 'vscode';
import { steerStandIn } from '../endpoint/remote.ts';
import type { RecordedRequest } from '../endpoint/record.ts';

const url = process.env['STAND_IN_URL'];
if (url === undefined) throw new Error('STAND_IN_URL is not set: start this suite by test/run.ts or test/vscode/runDesktop.ts.');

export const standIn = steerStandIn(url);

/** As at the start, with images that are painted in a moment, and as many of them as the tests want. @param image `small` if nobody looks at its size */
export async function resetStandIn(image: 'flat' | 'small' = 'flat'): Promise<void> {
  const settings = vscode.workspace.getConfiguration('generateImage');
  if (settings.get('unattendedImages') !== 1000) await settings.update('unattendedImages', 1000, vscode.ConfigurationTarget.Global);
  await standIn.reset();
  await standIn.set({ image });
}

/** The requests for images that came in since the last reset. */
export async function posts(): Promise<RecordedRequest[]> {
  return (await standIn.requests()).filter(({ method }) => method === 'POST');
}
