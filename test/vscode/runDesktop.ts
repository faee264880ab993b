// Turns test/host into one run inside the desktop build of VS Code, which is downloaded unless VSCODE_EXECUTABLE_PATH names one.
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageExtension } from '../suites/packageExtension.ts';
import { DRIVER, withHostSuite } from './runHostSuite.ts';
import { copySample } from './workspace.ts';

const executable = process.env['VSCODE_EXECUTABLE_PATH'] ?? (await downloadAndUnzipVSCode('stable'));
const vsix = await packageExtension();

const { passed, failed, failures } = await withHostSuite(async (env, tests) => {
  const folder = mkdtempSync(join(tmpdir(), 'generate-image-desktop-'));
  const folders = [`--user-data-dir=${join(folder, 'data')}`, `--extensions-dir=${join(folder, 'extensions')}`];
  const workspace = copySample();
  try {
    mkdirSync(join(folder, 'data', 'User'), { recursive: true });
    writeFileSync(join(folder, 'data', 'User', 'settings.json'), JSON.stringify({ 'generateImage.endpoint': env.STAND_IN_URL }));
    const [cli, ...cliArgs] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
    const shell = process.platform === 'win32';
    spawnSync(cli ?? executable, [...cliArgs, ...folders, '--install-extension', vsix], { stdio: 'inherit', shell });
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: DRIVER,
      extensionTestsPath: tests,
      reuseMachineInstall: true,
      extensionTestsEnv: env,
      launchArgs: [workspace.path, ...folders, '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
    });
    return '';
  } catch (error) {
    return String(error);
  } finally {
    workspace.remove();
    rmSync(folder, { recursive: true, force: true });
  }
});

for (const { title, message } of failures) console.log(`✖ ${title}\n${message}\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
