// Says who asks for images: an agent in VS Code, one beside it, or another extension.

export type Asker =
  /** VS Code has asked the person already, and shows what the agent does. */
  | { readonly kind: 'inVsCode' }
  /** VS Code does not tell which one. */
  | { readonly kind: 'extension' }
  /** `name` is what the agent's program says of itself: a claim, to be shown as such. */
  | { readonly kind: 'beside'; readonly name: string };
