// Stands in for VS Code's URIs with the package that VS Code makes of its own.
import { URI, Utils } from 'vscode-uri';

export const Uri = Object.assign(URI, { joinPath: Utils.joinPath.bind(Utils) });
