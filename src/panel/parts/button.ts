// Draws the two kinds of button that the page has: one that shows its words, one that shows an icon.
import { html, nothing, type TemplateResult } from 'lit-html';
import { icon, type IconName } from './icons.ts';

export interface TextButton {
  label: string;
  run: () => void;
  isPrimary?: boolean;
  isSmall?: boolean;
}

export function textButton({ label, run, isPrimary = false, isSmall = false }: TextButton): TemplateResult {
  return html`<button type="button" class="${isPrimary ? 'primary' : 'secondary'}${isSmall ? ' small' : ''}" @click=${() => run()}>${label}</button>`;
}

export interface IconButton {
  label: string;
  icon: IconName;
  run: () => void;
  /** For a button that stays down. */
  isPressed?: boolean;
}

export function iconButton(button: IconButton): TemplateResult {
  const pressed = button.isPressed === undefined ? nothing : String(button.isPressed);
  return html`<button type="button" class="iconButton" title=${button.label} aria-label=${button.label} aria-pressed=${pressed} @click=${() => button.run()}>${icon(button.icon)}</button>`;
}
