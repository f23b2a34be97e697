using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Escalations;

/// <summary>Who is asked first about which policy area. Each tick is saved at once and can be taken back the same way.</summary>
public sealed partial class AreasPage
{
    private AreaExperts? _experts;
    private string? _problem;
    private bool _busy;

    [CascadingParameter]
    public required Myself Me { get; set; }

    [Inject]
    public required ListAreaExperts ListAreaExperts { get; init; }

    [Inject]
    public required SaveAreaExperts SaveAreaExperts { get; init; }

    [Inject]
    public required ICurrentCaller Callers { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    private bool MayName => Me.Permissions.Contains(Permission.EditPolicies);

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync() => _experts = await ListAreaExperts.RunAsync(await Callers.GetAsync(), CancellationToken.None);

    private string Names(AreaLine area) => area.People.Count == 0
        ? EscalationsText.AreaNobody
        : string.Join(", ", _experts!.People.Where(person => area.People.Contains(person.Id)).Select(person => person.Name));

    private async Task SetAsync(AreaLine area, Guid person, bool named)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            Guid[] people = named ? [.. area.People, person] : [.. area.People.Where(one => one != person)];
            SaveAreaExpertsOutcome outcome = await SaveAreaExperts.RunAsync(await Callers.GetAsync(), area.Id, people, CancellationToken.None);
            _problem = outcome switch
            {
                SaveAreaExpertsOutcome.Saved => null,
                SaveAreaExpertsOutcome.UnknownArea => EscalationsText.AreaGone,
                SaveAreaExpertsOutcome.CannotRule => EscalationsText.AreaCannot,
                _ => throw new InvalidOperationException("The outcome is unknown."),
            };
            if (_problem is null)
            {
                Status.Say(EscalationsText.AreaSaved.With(area.Name));
            }

            await ReadAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
