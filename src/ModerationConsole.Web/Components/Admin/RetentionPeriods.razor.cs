using System.Globalization;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Retention;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>How long each class is kept.</summary>
public sealed partial class RetentionPeriods
{
    private readonly Dictionary<string, string> _typed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);
    private bool _saving;

    /// <summary>The classes; null until they are read.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ClassShown>? Classes { get; set; }

    /// <summary>One was set.</summary>
    [Parameter]
    public EventCallback OnSaved { get; set; }

    [Inject]
    public required SetRetention SetRetention { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    private static string Days(ClassShown one) => one.Days.ToString(CultureInfo.InvariantCulture);

    private string Typed(ClassShown one) => _typed.GetValueOrDefault(one.Name) ?? Days(one);

    private string? Problem(ClassShown one) => _problems.GetValueOrDefault(one.Name);

    private void Type(ClassShown one, object? text)
    {
        _typed[one.Name] = text?.ToString() ?? "";
        _problems.Remove(one.Name);
    }

    private async Task SaveAsync(ClassShown one)
    {
        if (_saving)
        {
            return;
        }

        _saving = true;
        try
        {
            string? problem = int.TryParse(Typed(one), NumberStyles.None, CultureInfo.InvariantCulture, out int days)
                ? RetentionWords.Problem(await SetRetention.RunAsync(await Current.GetAsync(), one.Name, days, one.Days, CancellationToken.None), one)
                : RetentionText.TooShort.With(one.LeastDays);
            if (problem is not null)
            {
                _problems[one.Name] = problem;
                return;
            }

            _typed.Remove(one.Name);
            _problems.Remove(one.Name);
            Status.Say(RetentionText.Saved.With(RetentionWords.Name(one.Name), days));
        }
        finally
        {
            _saving = false;
        }

        await OnSaved.InvokeAsync();
    }
}
