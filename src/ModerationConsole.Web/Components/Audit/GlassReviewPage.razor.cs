using System.Globalization;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Oversight.Glass;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Audit;

/// <summary>Roles that people took for a while, for those who review it; drawn anew as they are taken, given back and reviewed.</summary>
public sealed partial class GlassReviewPage : IDisposable
{
    private ThrottledWatch? _watch;
    private IReadOnlyList<GlassRow>? _rows;
    private GlassRow? _asked;
    private string? _note;
    private string? _problem;
    private bool _busy;

    [CascadingParameter]
    public required Myself Me { get; set; }

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [Inject]
    public required ListGlass ListGlass { get; init; }

    [Inject]
    public required CloseGlass CloseGlass { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public void Dispose() => _watch?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _watch = new ThrottledWatch(Feed, change => change.Kind == LiveKind.InboxChanged && change.PersonId == Me.Id, _ => RedrawAsync(LoadAsync), Clock);
        await LoadAsync();
    }

    private async Task LoadAsync() => _rows = await ListGlass.RunAsync(await Current.GetAsync(), CancellationToken.None);

    private void Ask(GlassRow? row) => (_asked, _note, _problem) = (row, null, null);

    // The audit of the person on the days on which they had the role.
    private string Did(GlassRow row) =>
        $"audit?person={row.PersonId}&from={Day(row.StartedAt)}&to={Day(row.EndedAt ?? row.EndsAt)}";

    private string Day(DateTimeOffset at) => Moment.Local(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task CloseAsync()
    {
        if (_busy || _asked is not { } asked)
        {
            return;
        }

        _busy = true;
        try
        {
            CloseGlassOutcome outcome = await CloseGlass.RunAsync(await Current.GetAsync(), asked.Id, _note, CancellationToken.None);
            _problem = GlassWords.Problem(outcome);
            if (_problem is null)
            {
                Status.Say(outcome == CloseGlassOutcome.Closed ? GlassText.Reviewed : GlassText.ReviewedBefore);
                Ask(null);
                await LoadAsync();
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
