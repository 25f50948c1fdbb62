// Returns the texts of a page whose contrast with what lies behind them is below WCAG 2.2 AA
// (success criterion 1.4.3: 4.5 to 1, or 3 to 1 for large text). Disabled controls are exempt.
const rgb = (colour) => {
  const parts = colour.match(/[\d.]+/g).map(Number);
  return parts.length < 4 ? [...parts, 1] : parts;
};
const over = (front, back) => [0, 1, 2].map((i) => front[i] * front[3] + back[i] * (1 - front[3]));
const channel = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const passedOver = "[disabled],[aria-disabled=true],[data-testid=stSliderThumbValue],script,style,svg,.unseen,noscript,header";
const found = {};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const text = walker.currentNode.textContent.trim();
  const element = walker.currentNode.parentElement;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const seen = style.visibility !== "hidden" && box.width > 2 && box.height > 2;
  if (!text || !seen || element.closest(passedOver)) continue;
  let opacity = 1;
  const behind = [];
  for (let x = element; x; x = x.parentElement) {
    opacity *= Number(getComputedStyle(x).opacity);
    behind.unshift(rgb(getComputedStyle(x).backgroundColor));
  }
  if (opacity === 0) continue;
  const back = behind.reduce((below, layer) => over(layer, below), [255, 255, 255]);
  const front = rgb(style.color);
  front[3] *= opacity;
  const [a, b] = [light(over(front, back)), light(back)];
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  if (contrast < (large ? 3 : 4.5)) found[text.slice(0, 60)] = contrast.toFixed(2);
}
return found;
