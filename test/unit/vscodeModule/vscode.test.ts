// Holds the stand-in of the module `vscode` to the answers that VS Code itself gives in test/host/vscodeModule.test.ts.
import { beforeEach, describe, test } from 'node:test';
import * as vscode from 'vscode';
import { put, QUESTIONS } from '../../vscodeModule/questions.ts';
import { resetWorld } from '../../vscodeModule/world.ts';

describe('the stand-in of VS Code', () => {
  beforeEach(() => void resetWorld());
  for (const question of QUESTIONS) test(question.title, () => put(question, vscode));
});
