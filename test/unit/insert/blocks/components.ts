// Lists the structures of Astro, Vue, Svelte, PHP and Typst, as `structures.ts` does for pages.
import type { Structure } from './structures.ts';

export const ASTRO: readonly Structure[] = [
  ['front matter', '---\nconst title = "An «orange» cat";\n---\n<p>{title}</p>\n'],
  ['in front of the front matter', '«---»\nconst a = 1;\n---\n<p>x</p>\n'],
  ['last line of the front matter', '---\nconst a = 1;\n---«\n»<p>x</p>\n'],
  ['no front matter', '<p>An «orange» cat</p>\n'],
  ['expression', '---\nconst a = 1;\n---\n<p>x {a + «1»} y</p>\n'],
  ['element in an expression', '<ul>\n  {list.map((i) => <li>«{i}»</li>)}\n</ul>\n'],
  ['condition', '<div>\n  {isOpen && <p>An «orange» cat</p>}\n</div>\n'],
  ['component', '<Layout title="x">\n  <p>An «orange» cat</p>\n</Layout>\n'],
  ['attribute of a component', '<div><Card title="an «orange» cat">x</Card></div>\n'],
  ['slot', '<div>\n  <slot name="«a»">x</slot>\n</div>\n'],
  ['style', '<p>x</p>\n<style>\n.a { color: «red» }\n</style>\n'],
  ['script', '<p>x</p>\n<script>\nconst a = "«b»";\n</script>\n'],
  ['comment', '<p>x</p>\n<!-- an «orange» cat -->\n<p>y</p>\n'],
  ['table', '<table>\n<tr><td>«One»</td></tr>\n</table>\n'],
];

export const VUE: readonly Structure[] = [
  ['script in front', '<script setup>\nconst a = "«x»";\n</script>\n\n<template>\n  <p>x</p>\n</template>\n'],
  ['style behind', '<template>\n  <p>x</p>\n</template>\n\n<style scoped>\n.a { color: «red» }\n</style>\n'],
  ['interpolation', '<template>\n  <p>A {{ «a» }} b</p>\n</template>\n'],
  ['bound attribute', '<template>\n  <p :class="{ a: «b» > 1 }">x</p>\n</template>\n'],
  ['template in a template', '<template>\n  <div>\n    <template v-if="a"><p>«x»</p></template>\n  </div>\n</template>\n'],
  ['in front of the template', '«<script setup>»\nlet a = 1;\n</script>\n<template>\n  <p>x</p>\n</template>\n'],
];

export const SVELTE: readonly Structure[] = [
  ['script', '<script>\n  let a = "«x»";\n</script>\n\n<p>x</p>\n'],
  ['block', '<div>\n{#if a}\n  <p>An «orange» cat</p>\n{:else}\n  <p>y</p>\n{/if}\n</div>\n'],
  ['tag of a block', '<div>\n{#each list as «item»}\n  <p>x</p>\n{/each}\n</div>\n'],
  ['expression', '<p>A {a > 1 ? "«b»" : "c"} d</p>\n'],
  ['attribute with an expression', '<p class={a > «1» ? "b" : "c"}>x</p>\n'],
];

export const PHP: readonly Structure[] = [
  ['text', '<p>An «orange» cat</p>\n'],
  ['code', '<?php\n$a = "an «orange» cat";\n?>\n<p><?= $a ?></p>\n'],
  ['code in a paragraph', '<p>a <?= "«b»" ?> c</p>\n<p>d</p>\n'],
  ['code in an attribute', '<p class="<?= "«b»" ?>">x</p>\n'],
  ['code without an end', '<p>x</p>\n<?php\n$a = "«cat»";\n'],
  ['nothing but code', '<?php\n\n// An «orange» cat\n$a = 1;\n'],
  ['markup in a condition', '<?php if (true): ?>\n<p>An «orange» cat</p>\n<?php else: ?>\n<p>y</p>\n<?php endif; ?>\n'],
  ['markup in a loop', '<ul>\n<?php foreach ([1] as $a): ?>\n<li>«One»</li>\n<?php endforeach ?>\n</ul>\n'],
  ['comment of code', '<p>x</p>\n<?php /* ?> an «orange» cat */ ?>\n<p>y</p>\n'.replace('?> an', 'an')],
  ['text with a tag in a string', '<?php $a = "<b>«x»</b>"; ?>\n<p><?= $a ?></p>\n'],
  ['cell', '<table>\n<tr><td><?= 1 ?> «a»</td><td>b</td></tr>\n</table>\n'],
  ['heading', '<h1>An «orange» cat</h1>\n<p>x</p>\n'],
  ['list', '<ul>«\n»<li>a</li>\n</ul>\n'],
  ['document', '<!doctype html>\n<html>\n<head><title>«x»</title></head>\n<body>\n<?php echo "<p>y</p>"; ?>\n</body>\n</html>\n'],
  ['comment', '<!-- an «orange» cat -->\n<p>x</p>\n'],
  ['heredoc', '<?php\n$a = <<<END\nan «orange» cat\nEND;\n?>\n<p><?= $a ?></p>\n'],
];

export const TYPST: readonly Structure[] = [
  ['paragraph', 'An «orange»\ncat.\n\nTwo.\n'],
  ['heading', '= An «orange» cat\n\nText.\n'],
  ['heading, text right below', '= An «orange» cat\nText.\n'],
  ['list', '- one\n- «two»\n- three\n'],
  ['list, wrapped item', '- one\n- two «and\n  more»\n- three\n'],
  ['nested list', '- one\n  - «two»\n- three\n'],
  ['numbered list', '+ one\n+ «two»\n+ three\n'],
  ['terms', '/ one: «first»\n/ two: second\n'],
  ['emphasis', 'An *orange «cat»* here.\n'],
  ['raw text', 'Run `a «b» c` now.\n'],
  ['raw block', '```c\nint «a»;\n\n= b\n```\nText.\n'],
  ['formula', 'Let $a «+» b$ be.\n'],
  ['formula of its own', '$ a «+» b $\n\nText.\n'],
  ['comment', '// An «orange» cat\nText.\n'],
  ['comment of lines', '/* An «orange»\n\ncat */\nText.\n'],
  ['rule', '#set text(size: «11pt»)\n\nText.\n'],
  ['definition', '#let a = [An «orange» cat]\n\nText #a.\n'],
  ['function', '#let f(x) = {\n  let y = «x»\n  y\n}\n\nText #f(1).\n'],
  ['cell', '#table(columns: 2, [o«n»e], [two])\n\nText.\n'],
  ['arguments', '#table(\n  columns: «2»,\n  [one],\n  [two],\n)\n\nText.\n'],
  ['content on lines of its own', '#block[\n  An «orange» cat.\n\n  Two.\n]\n\nText.\n'],
  ['content in a line', 'A #emph[very «orange»] cat.\n'],
  ['figure', '#figure(rect(), caption: [An «orange» cat])\n\nText.\n'],
  ['footnote', 'Text#footnote[An «orange» cat.] here.\n'],
  ['label', '= Cat <«a»>\n\nText @a.\n'.replace(' @a', '')],
  ['condition', '#if true [\n  An «orange» cat.\n] else [\n  x\n]\n\nText.\n'],
  ['escaped signs', 'A \\#«b» \\$ c.\n'],
  ['link', 'See https://a.example/«x» now.\n'],
  ['quotation', '#quote(block: true)[An «orange» cat.]\n\nText.\n'],
  ['line break', 'One \\«\n»two.\n'],
];
