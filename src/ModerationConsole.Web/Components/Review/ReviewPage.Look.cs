using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout.Palette;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

public sealed partial class ReviewPage
{
    private bool Focused => Preferences.Focus ?? false;

    // Drawn first: the page need not wait for the database. The layout learns of it as it does of changes made elsewhere.
    private async Task SwitchFocusAsync()
    {
        bool on = !Focused;
        await Shell.SetFocusModeAsync(on);
        await SaveMyself.RunAsync(
            await Current.GetAsync(), new MySettings(DeskPatch: new DeskPreferences { Focus = on }.Write()), CancellationToken.None);
    }

    // What the palette can do here; the break is the desk's own, which saves what is typed first.
    private IEnumerable<PaletteEntry> Doings()
    {
        if (Desk.Mode is not (DeskMode.Resting or DeskMode.Opening))
        {
            yield return new PaletteEntry("break", PaletteText.TakeBreak, Desk.TakeBreakAsync);
        }

        if (Desk.Undo is not null)
        {
            yield return new PaletteEntry("undo", DeskText.Undo, Desk.UndoAsync);
        }

        yield return new PaletteEntry("recent", DeskText.RecentTitle, async () =>
        {
            await AskAsync(DeskQuestion.Recent);
            StateHasChanged();
        });
        yield return new PaletteEntry("focus", Focused ? PaletteText.FocusOff : PaletteText.FocusOn, SwitchFocusAsync);
        yield return new PaletteEntry("keys", PaletteText.ShowKeys, () =>
        {
            Ask(DeskQuestion.Keys);
            StateHasChanged();
            return Task.CompletedTask;
        });
    }
}
