// Holds the answers that the stand-in of the module `vscode` gives in unit tests to those of VS Code itself.
import * as vscode from 'vscode';
import { put, QUESTIONS } from '../vscodeModule/questions.ts';

describe('VS Code itself, where unit tests have a stand-in', () => {
  for (const question of QUESTIONS) it(question.title, () => put(question, vscode));
});
