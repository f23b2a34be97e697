using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Quality.Golden;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>The form that makes a decided case golden.</summary>
public sealed partial class MakeGoldenForm
{
    private FormState<Form> _form = null!;

    /// <summary>One was made.</summary>
    [Parameter]
    public EventCallback OnMade { get; set; }

    [Inject]
    public required MakeGolden MakeGolden { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<MakeGoldenForm> Log { get; init; }

    protected override void OnInitialized() => Begin();

    private void Begin() => _form = new FormState<Form>(new Form(), Log);

    private async Task MakeAsync()
    {
        long? number = Figures.Number(_form.Model.Case);
        if (!await _form.SaveAsync(() => SaveAsync(number)))
        {
            return;
        }

        Begin();
        Status.Say(GoldenText.MadeNow.With(number));
        await OnMade.InvokeAsync();
    }

    private async Task SaveAsync(long? number)
    {
        if (number is not { } known)
        {
            _form.Problems.Add("golden-case", GoldenText.NumberInvalid);
            return;
        }

        MakeGoldenResult made = await MakeGolden.RunAsync(await Current.GetAsync(), known, _form.Model.Note, CancellationToken.None);
        if (GoldenWords.Problem(made.Outcome) is var (field, message))
        {
            _form.Problems.Add(field, message);
        }
    }

    /// <summary>What is typed.</summary>
    public sealed class Form
    {
        public string Case { get; set; } = "";

        public string Note { get; set; } = "";
    }
}
