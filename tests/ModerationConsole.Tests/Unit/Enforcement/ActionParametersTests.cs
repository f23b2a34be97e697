using System.Text.Json.Nodes;
using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Tests.Unit.Enforcement;

public sealed class ActionParametersTests
{
    [Theory]
    [InlineData(ParameterType.String, "\"x\"", true)]
    [InlineData(ParameterType.String, "1", false)]
    [InlineData(ParameterType.Number, "1.5", true)]
    [InlineData(ParameterType.Number, "\"1\"", false)]
    [InlineData(ParameterType.Boolean, "false", true)]
    [InlineData(ParameterType.Boolean, "0", false)]
    [InlineData(ParameterType.Select, "\"a\"", true)]
    [InlineData(ParameterType.Select, "\"c\"", false)]
    [InlineData(ParameterType.Select, "{}", false)]
    [InlineData(ParameterType.Multiselect, "[\"a\",\"b\"]", true)]
    [InlineData(ParameterType.Multiselect, "[\"a\",null]", false)]
    [InlineData(ParameterType.Multiselect, "[\"a\",\"a\",\"a\"]", false)]
    [InlineData(ParameterType.Multiselect, "\"a\"", false)]
    public void Value_MustHaveTheTypeOfItsParameter(ParameterType type, string json, bool fits)
    {
        JsonObject values = new() { ["p"] = JsonNode.Parse(json) };

        IEnumerable<ActionProblem> problems = ActionParameters.Check([new ActionParameter("p", type, Options: ["a", "b"])], values, "/parameters");

        Assert.Equal(fits ? [] : [new ActionProblem("/parameters/p", ActionProblemCode.ParameterWrong)], problems);
    }

    [Fact]
    public void Spec_WrittenAndRead_IsTheSame()
    {
        ActionParameter[] spec = [new("days", ParameterType.Number, Required: true, "Days"), new("why", ParameterType.Select, Options: ["a"])];

        IReadOnlyList<ActionParameter> read = ActionParameters.Parse(ActionParameters.Write(spec));

        Assert.Equal(ActionParameters.Write(spec), ActionParameters.Write(read));
        Assert.Equal(("days", ParameterType.Number, true, "Days"), (read[0].Name, read[0].Type, read[0].Required, read[0].Label));
    }
}
