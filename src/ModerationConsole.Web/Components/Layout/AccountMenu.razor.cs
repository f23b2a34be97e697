using System.Globalization;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>The signed-in person: theme, settings, the way out.</summary>
public sealed partial class AccountMenu : IDisposable
{
    [Inject]
    public required Onlooker Onlooker { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required SaveMyself SaveMyself { get; init; }

    [Inject]
    public required ShellScript Script { get; init; }

    // Drawn only for someone who is known.
    private Myself Me => Onlooker.Me!;

    public void Dispose() => Onlooker.Changed -= StateHasChanged;

    protected override void OnInitialized() => Onlooker.Changed += StateHasChanged;

    /// <summary>The name of a theme, for people.</summary>
    public static string NameOf(string theme) => theme switch
    {
        "" => ShellText.ThemeSystem,
        "light" => ShellText.ThemeLight,
        "dark" => ShellText.ThemeDark,
        "calm" => ShellText.ThemeCalm,
        _ => theme,
    };

    private static string Initials(string name)
    {
        string[] words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? "?" : string.Concat(words.Take(2).Select(word => StringInfo.GetNextTextElement(word))).ToUpper(CultureInfo.CurrentCulture);
    }

    private async Task ChooseAsync(string theme)
    {
        // Drawn first: the page need not wait for the database. The layout learns of it as it does of changes made elsewhere.
        await Script.SetThemeAsync(theme);
        await SaveMyself.RunAsync(await Current.GetAsync(), new MySettings(Theme: theme), CancellationToken.None);
    }
}
