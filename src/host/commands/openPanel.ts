// "Open Panel": shows the panel and goes there.
import type { PanelView } from '../panel/panelView.ts';
import type { Command } from './command.ts';

export function openPanelCommand(panel: PanelView): Command {
  return { id: 'openPanel', run: () => panel.focus() };
}
