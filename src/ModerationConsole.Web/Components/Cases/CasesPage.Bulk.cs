using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Cases;

/// <summary>Choosing cases of the list and doing something to all of them.</summary>
public sealed partial class CasesPage
{
    private readonly HashSet<long> _chosen = [];
    private bool _all;
    private bool _asking;
    private string? _bulkProblem;

    [Inject]
    public required ProposeBatch ProposeBatch { get; init; }

    private bool MayActInBulk => Me.Permissions.Contains(Permission.ActInBulk);

    private string ChosenWords => _all && _page?.Matches is { } matches ? Matching(matches) : Figures.Count(_chosen.Count, CasesText.ChosenOne, CasesText.ChosenMany);

    private void Choose(long number, bool on)
    {
        _all = false;
        _ = on ? _chosen.Add(number) : _chosen.Remove(number);
    }

    private void ChooseShown(bool on)
    {
        _all = false;
        foreach (CaseRow row in _page?.Rows ?? [])
        {
            _ = on ? _chosen.Add(row.Number) : _chosen.Remove(row.Number);
        }
    }

    private void ChooseNone()
    {
        _chosen.Clear();
        _all = false;
    }

    private async Task ProposeAsync(BulkOrder order)
    {
        CaseSelection selection = _all ? new CaseSelection(null, Query.Filter(Moment.Zone)) : new CaseSelection([.. _chosen], null);
        ProposeResult result = await ProposeBatch.RunAsync(await Current.GetAsync(), selection, order, CancellationToken.None);
        _bulkProblem = result.Outcome switch
        {
            ProposeOutcome.Proposed => null,
            ProposeOutcome.NothingChosen => BulkText.NothingChosen,
            ProposeOutcome.OrderInvalid => BulkText.OrderInvalid,
            ProposeOutcome.TextTooLong => BulkText.TextTooLong,
            ProposeOutcome.QueueClosed => BulkText.QueueClosed,
            _ => throw new InvalidOperationException("The outcome is unknown."),
        };
        if (_bulkProblem is null)
        {
            Navigation.NavigateTo($"cases/batches/{result.Number}{(result.Cut ? "?cut=true" : null)}");
        }
    }
}
