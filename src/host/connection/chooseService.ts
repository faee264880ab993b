// Switches between saved services and between the models that the endpoint lists, and saves the service in use.
import * as vscode from 'vscode';
import { readEndpoint } from '../../request/send/endpointUrl.ts';
import { formatPrice, knownServiceAt, priceOfImage } from '../../services/findKnown.ts';
import { settingsOfModel, settingsOfSaved, type SavedService } from '../../services/savedService.ts';
import { askInTurn, BACK, type Choice, type Questions } from '../window/inputs.ts';
import { plainText } from '../window/plainText.ts';
import { readSetting, writeSetting } from '../window/settings.ts';
import { modelsOf } from './askModel.ts';
import { applySettings, currentSettings, describeSettings } from './serviceSettings.ts';
import { setApiKey, setUp } from './setUp.ts';
import type { SetUpParts } from './setUpParts.ts';

const t = vscode.l10n.t;

type Answer = { kind: 'saved'; service: SavedService } | { kind: 'model'; model: string } | { kind: 'save' | 'add' | 'stay' };

/** Asks, changes the settings and says what they are now; asks for a key if the chosen service has none. */
export async function chooseService(parts: SetUpParts): Promise<void> {
  const result = await askInTurn(async (questions) => {
    for (;;) {
      const answer = await questions.choice<Answer>({
        title: t('Choose Service'),
        placeholder: t('Service or model for the next images'),
        choices: fixedChoices(parts),
        more: modelChoices(parts),
      });
      if (answer === undefined || answer === BACK || answer.kind !== 'save') return answer;
      if ((await saveCurrent(questions, parts)) !== BACK) return undefined;
    }
  });
  if (result === undefined || result === BACK) return;
  if (result.kind === 'add') return void (await setUp(parts));
  if (result.kind !== 'saved' && result.kind !== 'model') return;
  const host = parts.connections.endpoint()?.host ?? '';
  await applySettings(result.kind === 'saved' ? settingsOfSaved(result.service) : settingsOfModel(host, currentSettings(), result.model));
  const endpoint = parts.connections.endpoint();
  if (!endpoint) return void (await setUp(parts));
  if (await parts.connections.needsSetUp()) return void (await setApiKey(endpoint, parts));
  void vscode.window.showInformationMessage(`${endpoint.host}: ${describeSettings(currentSettings(), endpoint.host)}`);
}

function fixedChoices({ connections }: SetUpParts): Choice<Answer>[] {
  const endpoint = connections.endpoint();
  const current = currentSettings();
  const isCurrent = (service: SavedService): boolean => service.model === current.model && hostOf(service.endpoint) === endpoint?.host;
  const saved = readSetting('services');
  return [
    ...(endpoint ? [{ label: `${plainText(current.model, 200)} · ${endpoint.host}`, description: t('in use'), iconPath: new vscode.ThemeIcon('check'), value: { kind: 'stay' as const } }] : []),
    ...(saved.length > 0 ? [separator(t('Saved services'))] : []),
    ...saved.filter((service) => !isCurrent(service)).map((service) => ({
      label: plainText(service.name, 100),
      description: [plainText(service.model, 200), hostOf(service.endpoint) ?? plainText(service.endpoint, 200), priceText(hostOf(service.endpoint) ?? '', service.model)].filter((part) => part !== '').join(' · '),
      value: { kind: 'saved' as const, service },
    })),
    ...(endpoint && !saved.some(isCurrent) ? [{ label: t('Save this service…'), description: t('to come back to it from this list'), alwaysShow: true, value: { kind: 'save' as const } }] : []),
    { label: t('Add a service…'), alwaysShow: true, value: { kind: 'add' } },
  ];
}

async function modelChoices(parts: SetUpParts): Promise<Choice<Answer>[]> {
  const endpoint = parts.connections.endpoint();
  if (!endpoint) return [];
  const service = knownServiceAt(endpoint.host);
  const listed = await modelsOf({ endpoint, stored: await parts.keys.get(endpoint.origin), service }, parts);
  const known = (service?.models ?? []).map(({ id }) => id);
  const models = listed.length > 0 ? listed : known;
  const current = readSetting('model');
  const others = models.filter((model) => model !== current);
  if (others.length === 0) return [];
  return [
    separator(t('Models of {0}', endpoint.host)),
    ...others.map((model) => ({ label: plainText(model, 200), description: priceText(endpoint.host, model), value: { kind: 'model' as const, model } })),
  ];
}

async function saveCurrent(questions: Questions, { connections }: SetUpParts): Promise<void | typeof BACK> {
  const { endpoint, model, sizes, requestFields, maxPromptCharacters } = currentSettings();
  const host = connections.endpoint()?.host ?? '';
  const name = await questions.text({
    title: t('Save This Service'),
    value: knownServiceAt(host)?.name ?? host,
    prompt: t('Name in the list of services. The key stays in VS Code’s secret storage.'),
    canGoBack: true,
    validate: (text) => (text.trim() === '' ? t('Type a name.') : undefined),
  });
  if (name === BACK) return BACK;
  if (typeof name !== 'string') return;
  const entry: SavedService = { name: name.trim(), endpoint, model, ...(sizes && { sizes }), ...(requestFields && { requestFields }), ...(maxPromptCharacters !== undefined && { maxPromptCharacters }) };
  await writeSetting('services', [...readSetting('services').filter((service) => service.name !== entry.name), entry]);
}

function priceText(host: string, model: string): string {
  const price = priceOfImage(host, model);
  return price ? t('about {0} each', formatPrice(price)) : '';
}

function hostOf(address: string): string | undefined {
  const result = readEndpoint(address);
  return 'endpoint' in result ? result.endpoint.host : undefined;
}

function separator(label: string): Choice<Answer> {
  return { label, kind: vscode.QuickPickItemKind.Separator, value: { kind: 'stay' } };
}
