// Turns whatever was thrown into a named failure.
import { FileError } from '../history/files.ts';
import { Failure, type Billed } from '../request/failures/failure.ts';

/** @param billed what an error that nobody foresaw may have cost. */
export function asFailure(error: unknown, billed: Billed): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof FileError) return new Failure('notWritten', { billed, cause: error });
  return new Failure('serviceFailed', { billed, cause: error });
}

/** Where an unforeseen error came from, for the log: its message may hold a URL or a prompt, so it is left out. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  // Only behind the message, a line of which may look like a place in the code.
  const stack = error.stack ?? '';
  const frames = stack.slice(Math.max(0, stack.indexOf(error.message)) + error.message.length).split('\n').filter((line) => /^\s+at /.test(line));
  return [`${error.name}${code}`, ...frames].join('\n');
}
