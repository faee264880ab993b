// Asks for a model: from the endpoint's own list if it gives one, else as text.
import * as vscode from 'vscode';
import type { Endpoint } from '../../request/send/endpointUrl.ts';
import { listModels } from '../../request/send/listModels.ts';
import type { KnownService } from '../../services/knownService.ts';
import { readModelList, sortModels } from '../../services/modelList.ts';
import { BACK, type Questions } from '../window/inputs.ts';
import { plainText } from '../window/plainText.ts';
import { readSetting } from '../window/settings.ts';
import type { StoredKey } from './keyStore.ts';
import type { SetUpParts } from './setUpParts.ts';

const t = vscode.l10n.t;

interface ModelGround {
  endpoint: Endpoint;
  stored: StoredKey | undefined;
  service: KnownService | undefined;
}

/** The models that the endpoint lists, those known to draw first; none if it gives no list. Costs nothing. */
export async function modelsOf({ endpoint, stored, service }: ModelGround, { transport, log }: Pick<SetUpParts, 'transport' | 'log'>): Promise<string[]> {
  try {
    const key = stored?.kind === 'key' ? stored.key : undefined;
    const text = await listModels({ endpoint, key, timeoutMs: readSetting('timeoutSeconds') * 1000 }, transport, new AbortController().signal);
    return sortModels(readModelList(text ?? '') ?? [], (service?.models ?? []).map(({ id }) => id));
  } catch (error) {
    log.warn(`The models of ${endpoint.origin} could not be listed: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

/** Undefined when the person left. */
export async function askModel(questions: Questions, ground: ModelGround, parts: Pick<SetUpParts, 'transport' | 'log'>): Promise<string | typeof BACK | undefined> {
  const models = await modelsOf(ground, parts);
  for (;;) {
    const title = t('Set Up: Model');
    if (models.length > 0) {
      const other = Symbol('other');
      const chosen = await questions.choice<string | typeof other>({
        title,
        placeholder: t('Which of the models of {0}?', ground.endpoint.host),
        choices: [...models.map((value) => ({ label: plainText(value, 200), value })), { label: t('Another model…'), alwaysShow: true, value: other }],
        canGoBack: true,
      });
      if (chosen !== other) return chosen;
    }
    const typed = await askModelName(questions, title);
    if (typed !== BACK || models.length === 0) return typed;
  }
}

/** The name as it was typed, trimmed; undefined when the person left. */
async function askModelName(questions: Questions, title: string): Promise<string | typeof BACK | undefined> {
  const typed = await questions.text({
    title,
    value: readSetting('model'),
    prompt: t('Name of the model or deployment, as the server knows it.'),
    canGoBack: true,
    validate: (text) => (text.trim() === '' ? t('Type the name of a model.') : undefined),
  });
  return typeof typed === 'string' ? typed.trim() : typed === BACK ? BACK : undefined;
}
