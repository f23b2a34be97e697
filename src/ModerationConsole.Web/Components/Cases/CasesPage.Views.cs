using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Cases;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Cases;

/// <summary>Saved views of the list.</summary>
public sealed partial class CasesPage
{
    private IReadOnlyList<CaseView> _views = [];
    private string? _viewError;

    [Inject]
    public required ListCaseViews ListCaseViews { get; init; }

    [Inject]
    public required SaveCaseView SaveCaseView { get; init; }

    [Inject]
    public required ForgetCaseView ForgetCaseView { get; init; }

    [Inject]
    public required StatusLine Said { get; init; }

    /// <summary>The filters in force, without the place: what a view keeps.</summary>
    private string Here => string.Join('&', Query.Parameters().Where(pair => pair.Value is not null)
        .Select(pair => $"{pair.Key}={Uri.EscapeDataString($"{pair.Value}")}"));

    private async Task ReadViewsAsync() => _views = await ListCaseViews.RunAsync(await Current.GetAsync(), CancellationToken.None);

    private async Task<bool> SaveViewAsync(string name, bool shared)
    {
        SaveViewOutcome outcome = await SaveCaseView.RunAsync(await Current.GetAsync(), name, Here, shared, CancellationToken.None);
        _viewError = outcome switch
        {
            SaveViewOutcome.Saved => null,
            SaveViewOutcome.NameInvalid => CasesText.ViewNameInvalid,
            SaveViewOutcome.QueryInvalid => CasesText.ViewQueryInvalid,
            SaveViewOutcome.TooMany => CasesText.ViewTooMany,
            _ => throw new InvalidOperationException("The outcome is unknown."),
        };
        if (_viewError is null)
        {
            Said.Say(CasesText.ViewSaved.With(name.Trim()));
            await ReadViewsAsync();
        }

        StateHasChanged();
        return _viewError is null;
    }

    private async Task ForgetViewAsync(CaseView view)
    {
        await ForgetCaseView.RunAsync(await Current.GetAsync(), view.Id, CancellationToken.None);
        Said.Say(CasesText.ViewForgotten.With(view.Name));
        await ReadViewsAsync();
    }
}
