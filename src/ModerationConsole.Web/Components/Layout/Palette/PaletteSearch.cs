using System.Globalization;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Web.Components.Cases;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Layout.Palette;

/// <summary>What the palette finds for one person: what the page offers, pages, queues, settings, and cases that they may know of.</summary>
public sealed class PaletteSearch(
    PaletteOffers offers, ICurrentCaller callers, ListCases cases, MyQueues queues, TakeBreak takeBreak, SaveMyself save, ShellScript script,
    NavigationManager navigation)
{
    private const int MostCases = 8;
    private const int FewestLetters = 2;

    /// <summary>What fits the words; everything but cases where there are none.</summary>
    public async Task<IReadOnlyList<PaletteGroup>> FindAsync(Myself me, string words, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(me);
        ArgumentNullException.ThrowIfNull(words);
        string[] wanted = words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        PaletteGroup found = new(PaletteText.Cases, await CasesAsync(me, words.Trim(), cancellationToken));
        PaletteGroup[] others =
        [
            new(PaletteText.Do, Fitting([.. offers.Now, .. Doings(me)], wanted)),
            new(PaletteText.Pages, Fitting(Pages(me), wanted)),
            new(PaletteText.Queues, Fitting(await QueuesAsync(me, cancellationToken), wanted)),
        ];
        // A number is a case's; what is said in words is more often a place than a case that holds them.
        IEnumerable<PaletteGroup> groups = Figures.Number(words) is null ? others.Append(found) : others.Prepend(found);
        return [.. groups.Where(group => group.Entries.Count > 0)];
    }

    private static List<PaletteEntry> Fitting(IEnumerable<PaletteEntry> entries, string[] wanted) =>
        [.. entries.DistinctBy(entry => entry.Key).Where(entry => wanted.All(word => Holds(entry.Text, word)))];

    private static bool Holds(string text, string word) =>
        CultureInfo.CurrentCulture.CompareInfo.IndexOf(text, word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;

    private async Task<IReadOnlyList<PaletteEntry>> CasesAsync(Myself me, string words, CancellationToken cancellationToken)
    {
        long? number = Figures.Number(words);
        if (!me.Permissions.Contains(Permission.ViewCases) || (number is null && words.Length < FewestLetters))
        {
            return [];
        }

        // Asked at every letter, and it shows nothing of what is in a case: opening one is the look that counts.
        FoundCases found = await cases.RunAsync(
            await callers.GetAsync(), new CaseFilter { Search = words }, new CasePlace(Size: MostCases, Count: false) { SameLook = true }, cancellationToken);
        // The number itself goes first; a word of that many digits may stand in others.
        return [.. found.Rows.OrderByDescending(row => row.Number == number).Select(Entry)];
    }

    // No word of the content: what is looked for may be harmful, and nobody asked to read it here.
    private PaletteEntry Entry(CaseRow row) => new($"case {row.Number}", $"{row.TypeName} {row.Number.Thin()}", () => GoAsync($"cases/{row.Number}"))
    {
        About = string.Join(" · ", new[] { CaseListWords.Gravity(row.Sensitivity, row.Severity), CaseListWords.State(row), row.Author }.OfType<string>()),
    };

    private IEnumerable<PaletteEntry> Pages(Myself me) => NavEntry.All.Where(entry => entry.OpensFor(me.Permissions))
        .Append(new NavEntry("account/settings", "admin", ShellText.Settings, Permission.UseConsole))
        .Append(new NavEntry("account/security", "admin", ShellText.Security, Permission.UseConsole))
        .Append(new NavEntry("account/keys", "admin", PaletteText.YourKeys, Permission.UseConsole))
        .Select(entry => new PaletteEntry($"page {entry.Href}", entry.Text, () => GoAsync(entry.DoorFor(me.Permissions))));

    private async Task<IEnumerable<PaletteEntry>> QueuesAsync(Myself me, CancellationToken cancellationToken)
    {
        if (!me.Permissions.Contains(Permission.ReviewCases))
        {
            return [];
        }

        IReadOnlyList<MyQueue> mine = await queues.RunAsync(await callers.GetAsync(), cancellationToken);
        return mine.Select(queue => new PaletteEntry(
                $"queue {queue.Id}", PaletteText.ReviewQueue.With(queue.Name), () => GoAsync($"review/{Uri.EscapeDataString(queue.Slug)}"))
            {
                About = PaletteText.Waiting.With(queue.Figures.Waiting),
            })
            .Prepend(new PaletteEntry("queue all", PaletteText.ReviewAll, () => GoAsync("review")));
    }

    private IEnumerable<PaletteEntry> Doings(Myself me)
    {
        if (me.Permissions.Contains(Permission.ReviewCases))
        {
            yield return new PaletteEntry("break", PaletteText.TakeBreak, BreakAsync);
        }

        DeskPreferences preferences = DeskPreferences.Read(me.DeskSettings);
        bool compact = preferences.DensityInUse == DeskPreferences.Compact;
        yield return new PaletteEntry(
            "density", compact ? PaletteText.Comfortable : PaletteText.Compact,
            () => SaveAsync(new DeskPreferences { Density = compact ? DeskPreferences.Comfortable : DeskPreferences.Compact }));
        foreach (string theme in Themes.All.Where(theme => theme != me.Theme))
        {
            yield return new PaletteEntry($"theme {theme}", PaletteText.ThemeIs.With(AccountMenu.NameOf(theme)), () => ThemeAsync(theme));
        }
    }

    private async Task BreakAsync()
    {
        await takeBreak.RunAsync(await callers.GetAsync(), CancellationToken.None);
        await GoAsync("review");
    }

    private async Task ThemeAsync(string theme)
    {
        await script.SetThemeAsync(theme);
        await save.RunAsync(await callers.GetAsync(), new MySettings(Theme: theme), CancellationToken.None);
    }

    // The layout draws it as it does what is changed elsewhere.
    private async Task SaveAsync(DeskPreferences changed) =>
        await save.RunAsync(await callers.GetAsync(), new MySettings(DeskPatch: changed.Write()), CancellationToken.None);

    private Task GoAsync(string address)
    {
        navigation.NavigateTo(address);
        return Task.CompletedTask;
    }
}
