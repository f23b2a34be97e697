using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Makes a team, or changes its name and lead.</summary>
public sealed partial class TeamPage
{
    private FormState<TeamForm>? _form;
    private IReadOnlyList<PersonName> _people = [];
    private bool _missing;

    /// <summary>The team; null to make one.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    [Inject]
    public required ListTeams ListTeams { get; init; }

    [Inject]
    public required ListPeopleNames ListPeopleNames { get; init; }

    [Inject]
    public required SaveTeam SaveTeam { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<TeamPage> Log { get; init; }

    protected override async Task OnInitializedAsync()
    {
        Caller caller = await Current.GetAsync();
        _people = await ListPeopleNames.RunAsync(caller, CancellationToken.None);
        TeamRow? team = Id is null ? null : (await ListTeams.RunAsync(caller, CancellationToken.None)).FirstOrDefault(row => row.Id == Id);
        _missing = Id is not null && team is null;
        _form = _missing ? null : new FormState<TeamForm>(new TeamForm { Name = team?.Name ?? "", LeadId = team?.LeadId?.ToString() ?? "" }, Log);
    }

    private async Task SaveAsync()
    {
        FormState<TeamForm> form = _form!;
        if (await form.SaveAsync(async () =>
        {
            Guid? lead = Guid.TryParse(form.Model.LeadId, out Guid id) ? id : null;
            SaveTeamOutcome outcome = await SaveTeam.RunAsync(await Current.GetAsync(), Id, form.Model.Name, lead, CancellationToken.None);
            if (AdminProblems.Of(outcome.Result) is var (field, message))
            {
                form.Problems.Add(field, message);
            }
        }))
        {
            Status.Say(SharedText.SavedThing.With(form.Model.Name.Trim()));
            Navigation.NavigateTo("admin/people");
        }
    }

    /// <summary>A team while it is changed.</summary>
    public sealed class TeamForm
    {
        public string Name { get; set; } = "";

        public string LeadId { get; set; } = "";
    }
}
