using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Appeals;

/// <summary>Appeals by their clock, and what they say about decisions.</summary>
public sealed partial class AppealsPage : IDisposable
{
    private static readonly int[] s_periods = [30, 90, 365];

    private readonly CancellationSeries _loads = new();
    private FoundAppeals? _found;
    private AppealFigures? _figures;
    private AppealFigures? _choices;
    private (AppealFilter Filter, int Days)? _asked;

    /// <summary>"answered" for those that were answered; the open ones without.</summary>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    [SupplyParameterFromQuery]
    public string? Policy { get; set; }

    [SupplyParameterFromQuery]
    public string? Language { get; set; }

    /// <summary>"person" or "program".</summary>
    [SupplyParameterFromQuery]
    public string? By { get; set; }

    [SupplyParameterFromQuery]
    public int? Days { get; set; }

    /// <summary>The last appeal of the part before.</summary>
    [SupplyParameterFromQuery]
    public long? After { get; set; }

    [Inject]
    public required ListAppeals ListAppeals { get; init; }

    [Inject]
    public required ReadAppealFigures ReadAppealFigures { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private bool Answered => State == "answered";

    private int Span => Days is { } days and > 0 and <= 366 ? days : 90;

    private bool? Automated => By switch { "program" => true, "person" => false, _ => null };

    private AppealFilter Filter => new(Answered, Policy, Language, Automated, After);

    private string? Facts => _figures is { } figures ? AppealsText.OpenCount.With(figures.Open, figures.Overdue) : null;

    public void Dispose() => _loads.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (_asked == (Filter, Span))
        {
            return;
        }

        _asked = (Filter, Span);
        CancellationToken cancel = _loads.Next();
        try
        {
            _found = await ListAppeals.RunAsync(await Current.GetAsync(), Filter, cancel);
            _figures = await ReadAppealFigures.RunAsync(await Current.GetAsync(), new AppealFiguresQuestion(Span, Policy, Language, Automated), cancel);
            _choices = Policy is null && Language is null && Automated is null ? _figures : _choices
                ?? await ReadAppealFigures.RunAsync(await Current.GetAsync(), new AppealFiguresQuestion(Span), cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Another question was asked, or the page was left.
        }
    }

    private string At(string name, object? value)
    {
        Dictionary<string, object?> changed = new() { [name] = value };
        if (name != "after")
        {
            changed["after"] = null;
        }

        return Navigation.GetUriWithQueryParameters(changed);
    }

    private void Show(string name, ChangeEventArgs change) => Navigation.NavigateTo(At(name, change.Value is string { Length: > 0 } text ? text : null));
}
