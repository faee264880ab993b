// Carries a sentence that says to a person, or to a caller, why something was not done.

/** An error whose message is a sentence for a person: shown as it is. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Thrown to the caller as it is, with no notification: the command was run by code, not by a person. */
export class RefusalToCaller extends Error {
  override readonly name = 'GenerateImageError';
}
