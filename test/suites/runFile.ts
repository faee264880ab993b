// Runs one test file with its arguments and prints what it brought as one line of JSON: `timeoutMs file …argv`.
import { runFile } from './nodeTests.ts';

const [timeoutMs = '', file = '', ...argv] = process.argv.slice(2);
const result = await runFile(file, argv, {}, { timeoutMs: Number(timeoutMs), signal: new AbortController().signal });
process.stdout.write(`\n${JSON.stringify(result)}\n`);
