using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Coaching;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>Notes that a person was sent; for leads those that they sent, too.</summary>
public sealed partial class CoachingPage
{
    private CoachingNotes? _notes;
    private (bool Sent, Guid? Older, bool Read) _asked;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [CascadingParameter]
    public required Myself Me { get; set; }

    /// <summary>"sent" for what the person sent; what they were sent without.</summary>
    [SupplyParameterFromQuery]
    public string? List { get; set; }

    /// <summary>The last note of the part before.</summary>
    [SupplyParameterFromQuery]
    public Guid? Older { get; set; }

    [Inject]
    public required ListReceivedCoaching ListReceivedCoaching { get; init; }

    [Inject]
    public required ListSentCoaching ListSentCoaching { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    private bool MaySend => Me.Permissions.Contains(Permission.RunQuality);

    private bool Sent => MaySend && List == "sent";

    protected override async Task OnParametersSetAsync()
    {
        if (_asked == (Sent, Older, true))
        {
            return;
        }

        _asked = (Sent, Older, true);
        _notes = null;
        Caller caller = await Current.GetAsync();
        _notes = Sent
            ? await ListSentCoaching.RunAsync(caller, Older, CancellationToken.None)
            : await ListReceivedCoaching.RunAsync(caller, Older, CancellationToken.None);
    }
}
