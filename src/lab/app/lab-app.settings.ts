/** The left side of the page: what will be trained. */
import { html, type TemplateResult } from 'lit';

export function settingsSide(): TemplateResult {
  return html`
    <div class="scroll">
      <lab-head></lab-head>
      <lab-lessons></lab-lessons>
      <lab-data></lab-data>
      <lab-base-model></lab-base-model>
      <lab-network></lab-network>
      <lab-settings></lab-settings>
      <lab-engine></lab-engine>
    </div>
    <lab-help></lab-help>
    <lab-changes></lab-changes>
  `;
}
