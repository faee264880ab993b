// Prints every measurement, one line each: ratios against a reference of the same run, since machines differ.
import { useOwnTemporaryFolder } from '../vscode/temporary.ts';
import { measureDownload } from './download.ts';
import { measureFiles } from './files.ts';
import { measureWindow } from './window.ts';

useOwnTemporaryFolder();
console.log(await measureDownload());
for (const line of await measureFiles()) console.log(line);
for (const line of await measureWindow()) console.log(line);
