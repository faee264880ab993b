// Lists the public services and servers that speak this path, as their pages describe them.
import { CONTRACT_SIZES } from '../prompt/size.ts';
import type { KnownModel, KnownService } from './knownService.ts';

const READ = '2026-11-25';
const READ_LATER = '2026-11-26';

/** None of them knows these two; most refuse what they do not know. */
const PLAIN = { watermark: null, prompt_extend: null } as const;
const SIZE_OF_FIVE = [...CONTRACT_SIZES];
const GPT_IMAGE_SIZES = ['1024x1024', '1536x1024', '1024x1536'];
const GPT_IMAGES: KnownModel[] = [
  { id: 'gpt-image-2.5-flare', sizes: GPT_IMAGE_SIZES },
  { id: 'gpt-image-2.5-sunburst', sizes: GPT_IMAGE_SIZES },
  { id: 'gpt-image-2', sizes: GPT_IMAGE_SIZES },
];
/** The model that this extension was made for; nobody runs it but its maker, so its list price holds wherever it is sold. */
const QWEN_IMAGE_MAX: KnownModel = {
  id: 'qwen-image-max', sizes: SIZE_OF_FIVE, maxPromptCharacters: 800, requestsPerMinute: 2, usualSeconds: 30, price: { amount: 0.075, currency: 'USD' },
};
const SEEDREAM_SIZES = ['2048x2048', '2304x1728', '1728x2304', '2496x1664', '1664x2496'];
const QIANFAN_SIZES = ['1024x1024', '1024x768', '768x1024', '1024x576', '576x1024'];
const RECRAFT_SIZES = ['1024x1024', '1280x832', '832x1280', '1216x896', '896x1216', '1344x768', '768x1344'];

export const KNOWN_SERVICES: readonly KnownService[] = [
  {
    name: 'Gateway with qwen-image-max (new-api, one-api and others)', kind: 'gateway', example: 'https://api.example.com', models: [QWEN_IMAGE_MAX],
    sources: ['https://docs.newapi.pro/zh/docs/api/ai-model/images/qwen/createimage', 'https://docs.crazyrouter.com/images/qwen'], read: READ,
  },
  {
    name: 'Crazyrouter', kind: 'gateway', endpoint: 'https://crazyrouter.com/v1',
    models: [
      { id: 'qwen-image-max', sizes: SIZE_OF_FIVE, maxPromptCharacters: 800, usualSeconds: 30, price: { amount: 0.5, currency: 'CNY' } },
      { id: 'qwen-image-plus', price: { amount: 0.2, currency: 'CNY' } },
      { id: 'qwen-image-2.0', price: { amount: 0.2, currency: 'CNY' } },
    ],
    sources: ['https://docs.crazyrouter.com/images/qwen'], read: READ,
  },
  {
    name: '302.AI', kind: 'gateway', endpoint: 'https://api.302.ai/v1', models: [], requestFields: PLAIN,
    sources: ['https://s.apifox.cn/apidoc/docs-site/4012774/en/335383811e0'], read: READ,
  },
  {
    name: 'DMXAPI', kind: 'gateway', endpoint: 'https://www.dmxapi.cn/v1', models: [], requestFields: PLAIN,
    sources: ['https://doc.dmxapi.cn/img-seedream-maximages.html'], read: READ_LATER,
  },
  {
    name: 'APIYI', kind: 'gateway', endpoint: 'https://api.apiyi.com/v1', models: [{ id: 'seedream-5-0-260128', sizes: SEEDREAM_SIZES }, { id: 'gpt-image-2', sizes: GPT_IMAGE_SIZES }],
    requestFields: PLAIN, keyPage: 'https://api.apiyi.com/token',
    sources: ['https://docs.apiyi.com/en/api-capabilities/seedream-image/text-to-image', 'https://docs.apiyi.com/en/api-capabilities/gpt-image-2/historical-versions', 'https://docs.apiyi.com/faq/token-management.md'], read: READ_LATER,
  },
  {
    name: 'DeepInfra', kind: 'gateway', endpoint: 'https://api.deepinfra.com/v1/openai', requestFields: PLAIN,
    models: [
      { id: 'black-forest-labs/FLUX-2-max', sizes: ['1024x1024'], price: { amount: 0.07, currency: 'USD' } },
      { id: 'black-forest-labs/FLUX-2-klein-4b', sizes: ['1024x1024'], price: { amount: 0.014, currency: 'USD' } },
    ],
    keyPage: 'https://deepinfra.com/blog/getting-started',
    sources: ['https://deepinfra.com/black-forest-labs/FLUX-2-max/api', 'https://deepinfra.com/black-forest-labs/FLUX-2-klein-4b/api'], read: READ_LATER,
  },
  {
    name: 'OpenAI', kind: 'service', endpoint: 'https://api.openai.com/v1', models: GPT_IMAGES, requestFields: PLAIN, keyPage: 'https://platform.openai.com/account/api-keys',
    sources: ['https://developers.openai.com/api/reference/resources/images/methods/generate'], read: READ,
  },
  {
    name: 'Azure OpenAI', kind: 'service', example: 'https://NAME.openai.azure.com', models: [], requestFields: PLAIN, keyPage: 'https://portal.azure.com/',
    sources: ['https://learn.microsoft.com/en-us/azure/ai-services/openai/how-to/dall-e'], read: READ,
  },
  {
    name: 'SiliconFlow', kind: 'service', endpoint: 'https://api.siliconflow.cn/v1',
    models: [{ id: 'Qwen/Qwen-Image', sizes: ['1328x1328', '1664x928', '928x1664'] }, { id: 'Kwai-Kolors/Kolors', sizes: ['1024x1024'] }],
    requestFields: { ...PLAIN, n: null, size: null, image_size: '${size}' },
    keyPage: 'https://cloud.siliconflow.cn/account/ak',
    sources: ['https://docs.siliconflow.cn/api-reference/images/images-generations', 'https://docs.siliconflow.cn/cn/userguide/quickstart.md'], read: READ_LATER,
  },
  {
    name: 'Volcengine Ark', kind: 'service', endpoint: 'https://ark.cn-beijing.volces.com/api/v3',
    models: ['doubao-seedream-5-0-260128', 'doubao-seedream-4-5-251128', 'doubao-seedream-4-0-250828'].map((id) => ({ id, sizes: SEEDREAM_SIZES })),
    requestFields: { prompt_extend: null, n: null },
    keyPage: 'https://www.volcengine.com/docs/82379/1541594',
    sources: ['https://www.volcengine.com/docs/82379/1541523', 'https://docs.apiyi.com/en/api-capabilities/seedream-image/text-to-image'], read: READ_LATER,
  },
  {
    name: 'Zhipu (BigModel)', kind: 'service', endpoint: 'https://open.bigmodel.cn/api/paas/v4',
    models: [
      { id: 'glm-image', sizes: ['1280x1280', '1568x1056', '1056x1568', '1472x1088', '1088x1472', '1728x960', '960x1728'], maxPromptCharacters: 1000, usualSeconds: 20, price: { amount: 0.1, currency: 'CNY' } },
      { id: 'cogview-4-250304', sizes: ['1024x1024', '768x1344', '864x1152', '1344x768', '1152x864', '1440x720', '720x1440'], usualSeconds: 10 },
      { id: 'cogview-3-flash', sizes: ['1024x1024', '768x1344', '864x1152', '1344x768', '1152x864', '1440x720', '720x1440'] },
    ],
    requestFields: { ...PLAIN, n: null }, keyPage: 'https://open.bigmodel.cn/usercenter/apikeys',
    sources: ['https://docs.bigmodel.cn/api-reference/%E6%A8%A1%E5%9E%8B-api/%E5%9B%BE%E5%83%8F%E7%94%9F%E6%88%90', 'https://docs.bigmodel.cn/cn/guide/models/image-generation/glm-image', 'https://docs.z.ai/api-reference/image/generate-image'], read: READ,
  },
  {
    name: 'ModelScope', kind: 'service', endpoint: 'https://api-inference.modelscope.cn/v1',
    models: [{ id: 'MusePublic/489_ckpt_FLUX_1' }], requestFields: PLAIN, keyPage: 'https://modelscope.cn/docs/accounts/token',
    sources: ['https://github.com/modelscope/modelscope-mcp-server/blob/main/src/modelscope_mcp_server/constants.py', 'https://github.com/modelscope/modelscope-mcp-server/blob/main/README_zh-CN.md'], read: READ_LATER,
  },
  {
    name: 'Gitee AI', kind: 'service', endpoint: 'https://ai.gitee.com/v1', models: [{ id: 'Kolors', sizes: ['1024x1024'] }],
    requestFields: PLAIN, keyPage: 'https://ai.gitee.com/docs/organization/access-token',
    sources: ['https://ai.gitee.com/docs/products/apis/images-vision/text2image'], read: READ_LATER,
  },
  {
    name: 'Together', kind: 'service', endpoint: 'https://api.together.ai/v1', models: ['black-forest-labs/FLUX.1.1-pro', 'black-forest-labs/FLUX.2-pro'].map((id) => ({ id, sizes: ['1024x1024', '1024x768', '768x1024'] })),
    requestFields: { ...PLAIN, size: null, width: '${width}', height: '${height}' },
    keyPage: 'https://api.together.ai/settings/projects/~current/api-keys',
    sources: ['https://docs.together.ai/reference/post-images-generations', 'https://docs.together.ai/docs/inference/images/parameters', 'https://docs.together.ai/docs/quickstart.md'], read: READ_LATER,
  },
  {
    name: 'xAI', kind: 'service', endpoint: 'https://api.x.ai/v1',
    models: [{ id: 'grok-imagine-image-quality', sizes: SIZE_OF_FIVE }],
    requestFields: { ...PLAIN, size: null, aspect_ratio: '${ratio}' }, keyPage: 'https://console.x.ai/team/default/api-keys',
    sources: ['https://docs.x.ai/developers/model-capabilities/images/generation', 'https://docs.x.ai/developers/quickstart.md'], read: READ_LATER,
  },
  {
    name: 'Gemini', kind: 'service', endpoint: 'https://generativelanguage.googleapis.com/v1beta/openai', models: [{ id: 'gemini-2.5-flash-image', sizes: ['1024x1024'] }],
    requestFields: { ...PLAIN, response_format: 'b64_json' }, keyPage: 'https://aistudio.google.com/apikey', sources: ['https://ai.google.dev/gemini-api/docs/openai'], read: READ,
  },
  {
    name: 'Baidu Qianfan', kind: 'service', endpoint: 'https://qianfan.baidubce.com/v2',
    models: [{ id: 'irag-1.0', sizes: QIANFAN_SIZES, maxPromptCharacters: 220 }, { id: 'flux.1-schnell', sizes: QIANFAN_SIZES, maxPromptCharacters: 512 }],
    requestFields: PLAIN, keyPage: 'https://cloud.baidu.com/doc/qianfan/s/wmh8l6tnf', sources: ['https://cloud.baidu.com/doc/qianfan-api/s/8m7u6un8a'], read: READ_LATER,
  },
  {
    name: 'Recraft', kind: 'service', endpoint: 'https://external.api.recraft.ai/v1',
    models: [{ id: 'recraftv4_1', sizes: RECRAFT_SIZES, maxPromptCharacters: 10_000 }, { id: 'recraftv3', sizes: ['1024x1024'], maxPromptCharacters: 1000 }],
    requestFields: PLAIN, keyPage: 'https://app.recraft.ai/profile/api', sources: ['https://www.recraft.ai/docs/api-reference/agents', 'https://www.recraft.ai/docs/api-reference/appendix'], read: READ,
  },
  {
    name: 'LocalAI', kind: 'ownMachine', endpoint: 'http://localhost:8080', models: [], requestFields: PLAIN, sources: ['https://localai.io/features/image-generation/'], read: READ,
  },
  {
    name: 'stable-diffusion.cpp', kind: 'ownMachine', endpoint: 'http://127.0.0.1:1234', models: [], requestFields: PLAIN,
    sources: ['https://github.com/leejet/stable-diffusion.cpp/blob/master/examples/server/README.md'], read: READ,
  },
  {
    name: 'vLLM-Omni', kind: 'ownMachine', endpoint: 'http://localhost:8000', models: [{ id: 'Qwen/Qwen-Image', sizes: ['1024x1024'] }, { id: 'Tongyi-MAI/Z-Image-Turbo', sizes: ['1024x1024'] }],
    requestFields: PLAIN, sources: ['https://docs.vllm.ai/projects/vllm-omni/en/stable/serving/image_generation_api/'], read: READ,
  },
  {
    name: 'SGLang', kind: 'ownMachine', endpoint: 'http://localhost:30000', models: [{ id: 'Qwen/Qwen-Image' }], requestFields: { ...PLAIN, response_format: 'b64_json' },
    sources: ['https://docs.sglang.io/diffusion/api/openai_api.html', 'https://docs.sglang.io/cookbook/diffusion/Qwen-Image/Qwen-Image'], read: READ,
  },
  {
    // Its answer without this field is a path on the server's own disk.
    name: 'Xinference', kind: 'ownMachine', endpoint: 'http://127.0.0.1:9997', models: [{ id: 'Qwen-Image' }], requestFields: { ...PLAIN, response_format: 'b64_json' },
    sources: ['https://inference.readthedocs.io/en/v2.10.0/models/model_abilities/image.html'], read: READ,
  },
  {
    name: 'LiteLLM', kind: 'ownMachine', endpoint: 'http://localhost:4000', models: [], requestFields: PLAIN, needsKey: true,
    sources: ['https://github.com/BerriAI/litellm/blob/main/docs/my-website/docs/image_generation.md'], read: READ_LATER,
  },
];
