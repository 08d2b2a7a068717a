// Two ways to use a page: with a mouse, and with nothing but the keyboard. A journey is walked with either.

/** Points and clicks. */
export class Mouse {
  static label = "by mouse";
  constructor(page) {
    this.page = page;
  }
  async press(target) {
    await target.click();
  }
  async write(target, text) {
    await target.fill(text);
  }
  async choose(target, label) {
    await target.selectOption({ label });
  }
  async date(target, isoDate) {
    await target.fill(isoDate);
  }
  async time(target, clock) {
    await target.fill(clock);
  }
}

/** Tabs to things. Whatever the Tab key does not reach cannot be used. */
export class Keyboard {
  static label = "by keyboard alone";
  constructor(page) {
    this.page = page;
  }
  async press(target) {
    await this.reach(target);
    await this.page.keyboard.press(await target.evaluate((element) => (element.matches("[type=checkbox],[type=radio],summary") ? "Space" : "Enter")));
  }
  async write(target, text) {
    await this.reach(target);
    await this.page.keyboard.press("Control+A");
    if (text === "") await this.page.keyboard.press("Delete");
    else await this.page.keyboard.type(text);
  }
  async choose(target, label) {
    await this.reach(target);
    await this.page.keyboard.type(label);
  }
  /** Day, month and year are three places to type into, in the order of the browser's language. */
  async date(target, isoDate) {
    const [year, month, day] = isoDate.split("-");
    for (const typed of [day + month + year, month + day + year]) {
      await target.evaluate((element) => element.blur());
      await this.reach(target);
      await this.page.keyboard.type(typed);
      if ((await target.inputValue()) === isoDate) return;
    }
    throw new Error(`the keyboard could not enter ${isoDate}`);
  }
  async time(target, clock) {
    await this.reach(target);
    await this.page.keyboard.type(clock.replace(":", ""));
  }
  async reach(target) {
    await target.waitFor();
    for (let step = 0; step < 200; step += 1) {
      if (await target.evaluate((element) => element.matches(":focus"))) return;
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`the Tab key does not reach ${target}`);
  }
}

/** Both, for journeys that are walked twice. */
export const HANDS = [Mouse, Keyboard];
