using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Wellbeing;

/// <summary>A person's own shift: meters, breaks, wishes and a check-in. It can be opened by nobody else.</summary>
public sealed partial class MyShiftPage
{
    private MyShift? _shift;
    private DateTimeOffset _readAt;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [CascadingParameter]
    public required Myself Me { get; set; }

    [Inject]
    public required ReadMyShift ReadMyShift { get; init; }

    [Inject]
    public required SetNoSevere SetNoSevere { get; init; }

    [Inject]
    public required TakeBreak TakeBreak { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        // The page's clock ticks twice a minute: figures go with it.
        if (_readAt != Moment.Now)
        {
            _readAt = Moment.Now;
            await ReadAsync();
        }
    }

    private async Task ReadAsync() => _shift = await ReadMyShift.RunAsync(await Current.GetAsync(), CancellationToken.None);

    private async Task WishAsync(NoSevereFor length)
    {
        await SetNoSevere.RunAsync(await Current.GetAsync(), length, CancellationToken.None);
        await ReadAsync();
    }

    private async Task BreakAsync()
    {
        await TakeBreak.RunAsync(await Current.GetAsync(), CancellationToken.None);
        Navigation.NavigateTo("review");
    }
}
