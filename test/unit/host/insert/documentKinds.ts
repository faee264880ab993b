// What is inserted into documents of each language, by the id that VS Code gives to a file of that ending.

/** A block goes behind the paragraph that the cursor, `|`, is in. */
export const DOCUMENT_KINDS: readonly (readonly [ending: string, languageId: string, text: string, inserted: string])[] = [
  ['mdx', 'mdx', 'one | two', 'one ![a boat](images/a-boat.png) two'],
  ['qmd', 'quarto', 'one | two', 'one ![a boat](images/a-boat.png) two'],
  ['rmd', 'rmd', 'one | two', 'one ![a boat](images/a-boat.png) two'],
  ['html', 'html', 'one | two', 'one <img src="images/a-boat.png" alt="a boat" width="1328" height="1328"> two'],
  ['vue', 'vue', '<template>one | two</template>', '<template>one <img src="./images/a-boat.png" alt="a boat" width="1328" height="1328"> two</template>'],
  ['svelte', 'svelte', 'one | two', 'one <img src="./images/a-boat.png" alt="a boat" width="1328" height="1328"> two'],
  ['astro', 'plaintext', 'one | two', 'one <img src="./images/a-boat.png" alt="a boat" width="1328" height="1328"> two'],
  ['php', 'php', 'one | two', 'one <img src="images/a-boat.png" alt="a boat" width="1328" height="1328"> two'],
  ['jsx', 'javascriptreact', '<b>one | two</b>', '<b>one <img src="images/a-boat.png" alt="a boat" width="1328" height="1328" /> two</b>'],
  ['tsx', 'typescriptreact', 'const a = <p>|</p>;', 'const a = <p><img src="images/a-boat.png" alt="a boat" width="1328" height="1328" /></p>;'],
  ['css', 'css', '.a { background: | }', '.a { background: url("images/a-boat.png") }'],
  ['scss', 'scss', '.a { background: one | }', '.a { background: one url("images/a-boat.png") }'],
  ['less', 'less', '.a { background: one | }', '.a { background: one url("images/a-boat.png") }'],
  ['adoc', 'asciidoc', 'one | two', 'one  two\n\nimage::images/a-boat.png[a boat]'],
  ['rst', 'restructuredtext', 'one | two', 'one  two\n\n.. image:: images/a-boat.png\n   :alt: a boat'],
  ['tex', 'latex', 'one | two', 'one  two\n\n\\begin{figure}[htbp]\n  \\centering\n  \\includegraphics[width=\\linewidth]{images/a-boat.png}\n  \\caption{a boat}\n\\end{figure}'],
  ['typ', 'typst', 'one | two', 'one  two\n\n#figure(image("images/a-boat.png"), caption: [a boat])'],
  ['org', 'org', 'one | two', 'one  two\n\n#+CAPTION: a boat\n[[file:images/a-boat.png]]'],
  ['txt', 'plaintext', 'see |', 'see images/a-boat.png'],
  ['yaml', 'yaml', 'image: |', 'image: images/a-boat.png'],
];
