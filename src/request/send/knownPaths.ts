// Knows under which path some public services keep the API of this kind, for addresses that name only the host.

/** For every other host. */
const USUAL_BASE = '/v1';

/** From the pages of the services; the first that matches the host name counts. */
const BASES: readonly (readonly [host: RegExp, basePath: string])[] = [
  // https://www.volcengine.com/docs/82379/1541523 and https://docs.byteplus.com/en/docs/ModelArk/1541523
  [/^ark\.[\w-]+\.(volces|bytepluses)\.com$/, '/api/v3'],
  // https://docs.bigmodel.cn/api-reference and https://docs.z.ai/api-reference/introduction
  [/^(open\.bigmodel\.cn|api\.z\.ai)$/, '/api/paas/v4'],
  // https://ai.google.dev/gemini-api/docs/openai
  [/^generativelanguage\.googleapis\.com$/, '/v1beta/openai'],
  // https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
  [/\.(openai|services\.ai|cognitiveservices)\.azure\.com$/, '/openai/v1'],
  // https://cloud.baidu.com/doc/WENXINWORKSHOP/s/2m3fihw8s
  [/^qianfan\.baidubce\.com$/, '/v2'],
  // https://deepinfra.com/docs/openai_api
  [/^api\.deepinfra\.com$/, '/v1/openai'],
  // https://openrouter.ai/docs/api-reference/overview
  [/^openrouter\.ai$/, '/api/v1'],
  // https://help.aliyun.com/zh/model-studio/compatibility-of-openai-with-dashscope
  [/^dashscope(-[\w]+)?\.aliyuncs\.com$/, '/compatible-mode/v1'],
];

/** The path before `/images/generations` if a person typed none, without a slash at its end. */
export function basePathOf(hostname: string): string {
  return BASES.find(([host]) => host.test(hostname))?.[1] ?? USUAL_BASE;
}

/** Alibaba's own compatible mode: no public page shows an image path there, a gateway in front of it is needed. */
export function hasNoImagePath({ hostname }: URL): boolean {
  return /^dashscope(-\w+)?\.aliyuncs\.com$/.test(hostname);
}
