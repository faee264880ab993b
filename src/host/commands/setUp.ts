// "Set Up": base URL, key, free check.
import type { Command } from './command.ts';
import { setUp, type SetUpParts } from '../connection/setUp.ts';

export function setUpCommand(parts: SetUpParts): Command {
  return { id: 'setUp', run: () => setUp(parts) };
}
