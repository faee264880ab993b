// Finds what is known of an endpoint and of a model on it.
import type { KnownModel, KnownService, Price } from './knownService.ts';
import { KNOWN_SERVICES } from './knownServices.ts';

/** The known service at this host (`api.example.com`, `localhost:8080`); undefined for all others. */
export function knownServiceAt(host: string): KnownService | undefined {
  return KNOWN_SERVICES.find(({ endpoint }) => endpoint !== undefined && new URL(endpoint).host === host.toLowerCase());
}

/** What is known of a model at a host. At a host that nobody knows, what gateways sell under that name. */
export function knownModelAt(host: string, model: string): { service: KnownService; model: KnownModel } | undefined {
  const service = knownServiceAt(host);
  // A program on one's own machine may listen where another usually does.
  const isSure = service !== undefined && service.kind !== 'ownMachine';
  const candidates = isSure ? [service] : [...(service ? [service] : []), ...KNOWN_SERVICES.filter(({ kind, endpoint }) => kind === 'gateway' && endpoint === undefined)];
  for (const candidate of candidates) {
    const known = candidate.models.find(({ id }) => id === model);
    if (known) return { service: candidate, model: known };
  }
  return undefined;
}

/** What one image costs by the list price that a public page named on the day `read`; undefined if none is known. */
export function priceOfImage(host: string, model: string): (Price & { read: string }) | undefined {
  const known = knownModelAt(host, model);
  return known?.model.price && { ...known.model.price, read: known.service.read };
}

/** `US$ 0.08`, `CN¥ 0.10`, `US$ 0.003`: two decimals, more for less than a cent. */
export function formatPrice({ amount, currency }: Price): string {
  const decimals = amount > 0 && amount < 0.01 ? 3 : 2;
  // A binary fraction such as 0.075 may lie a hair below its half.
  const text = (Math.round((amount + Number.EPSILON) * 10 ** decimals) / 10 ** decimals).toFixed(decimals);
  return `${currency === 'USD' ? 'US$' : 'CN¥'} ${text}`;
}
