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
    await this.typeUntil(target, isoDate, [day + month + year, month + day + year]);
  }
  /** So are hour and minute, and where the clock has twelve hours a third says which half of the day. */
  async time(target, clock) {
    const [hour, minute] = clock.split(":");
    const ofTwelve = String(Number(hour) % 12 || 12).padStart(2, "0");
    await this.typeUntil(target, clock, [hour + minute, ofTwelve + minute + (Number(hour) < 12 ? "A" : "P")]);
  }
  /** Types one after the other of some ways to write a value, until the field has it. */
  async typeUntil(target, value, ways) {
    for (const typed of ways) {
      await target.evaluate((element) => element.blur());
      await this.reach(target);
      await this.page.keyboard.type(typed);
      if ((await target.inputValue()) === value) return;
    }
    throw new Error(`the keyboard could not enter ${value}, the field has ${await target.inputValue()}`);
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
