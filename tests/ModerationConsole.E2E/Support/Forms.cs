namespace ModerationConsole.E2E.Support;

/// <summary>What tests do with forms and tables.</summary>
public static class Forms
{
    /// <summary>Notes what is asked in a box over the page, and says yes. Without it every such question is answered with no.</summary>
    public static List<string> SayYes(this IPage page)
    {
        List<string> asked = [];
        page.Dialog += async (_, dialog) =>
        {
            asked.Add(dialog.Message);
            await dialog.AcceptAsync();
        };
        return asked;
    }

    public static ILocator Field(this IPage page, string label) => page.GetByLabel(label, new() { Exact = true });

    public static ILocator Problems(this IPage page) => page.Locator("#form-summary");

    public static Task PressAsync(this IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>The row of a table that begins with these words.</summary>
    public static ILocator Row(this IPage page, string name) =>
        page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = name, Exact = true }) });

    /// <summary>Sends the form and waits for this among what is wrong with it, in the summary that then has the focus.</summary>
    public static async Task ExpectRefusalAsync(this IPage page, string button, string words)
    {
        await page.PressAsync(button);
        await Assertions.Expect(page.Problems()).ToContainTextAsync(words);
        await Assertions.Expect(page.Problems()).ToBeFocusedAsync();
    }

    /// <summary>Sends the form and waits for the list it goes back to; nothing is asked on the way.</summary>
    public static async Task SaveAsync(this IPage page, string list)
    {
        await page.PressAsync("Save");
        await page.WaitForURLAsync($"**{list}");
    }
}
