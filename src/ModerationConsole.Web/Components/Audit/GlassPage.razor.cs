using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Oversight.Glass;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Audit;

/// <summary>Takes another role for a while. That it is on, and giving it back, stands on every page.</summary>
public sealed partial class GlassPage
{
    private const int Usual = 30;

    private FormState<GlassForm> _form = null!;

    [CascadingParameter]
    public required Myself Me { get; set; }

    [Inject]
    public required BreakGlass BreakGlass { get; init; }

    [Inject]
    public required IOptions<GlassOptions> Options { get; init; }

    [Inject]
    public required ProofAsk Proof { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<GlassPage> Log { get; init; }

    protected override void OnInitialized() => Begin();

    private void Begin() => _form = new FormState<GlassForm>(new GlassForm { Minutes = Math.Min(Usual, Options.Value.Minutes) }, Log);

    private async Task BreakAsync()
    {
        GlassForm model = _form.Model;
        bool broken = await _form.SaveAsync(async () =>
        {
            BreakGlassOutcome outcome = await Proof.WithAsync(
                async () => await BreakGlass.RunAsync(await Current.GetAsync(), model.Role, model.Minutes, model.Reason, CancellationToken.None),
                outcome => outcome == BreakGlassOutcome.ProveFirst);
            if (GlassWords.Problem(outcome, Options.Value.Minutes) is var (field, message))
            {
                _form.Problems.Add(field, message);
            }
        });
        if (broken)
        {
            Status.Say(GlassText.Broken);
            Begin();
        }
    }

    private sealed class GlassForm
    {
        public string Role { get; set; } = "";

        public int Minutes { get; set; }

        public string Reason { get; set; } = "";
    }
}
