using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Appeals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The server changes no column that a key refers from.
            migrationBuilder.DropForeignKey(
                name: "FK_enforcement_action_action_definition_ActionId",
                table: "enforcement_action");

            migrationBuilder.AlterColumn<string>(
                name: "ActionId",
                table: "enforcement_action",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true,
                collation: "Latin1_General_100_BIN2",
                oldClrType: typeof(string),
                oldType: "nvarchar(200)",
                oldMaxLength: 200,
                oldCollation: "Latin1_General_100_BIN2");

            migrationBuilder.AddForeignKey(
                name: "FK_enforcement_action_action_definition_ActionId",
                table: "enforcement_action",
                column: "ActionId",
                principalTable: "action_definition",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "enforcement_action",
                type: "nvarchar(30)",
                maxLength: 30,
                nullable: false,
                defaultValue: "Action",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.CreateTable(
                name: "appeal",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ExternalId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Kind = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false, collation: "Latin1_General_100_BIN2"),
                    AppellantTypeId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    AppellantId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Round = table.Column<int>(type: "int", nullable: false),
                    CaseNumber = table.Column<long>(type: "bigint", nullable: false),
                    DecisionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TaskNumber = table.Column<long>(type: "bigint", nullable: false),
                    ItemTypeId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ItemId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Actions = table.Column<string>(type: "nvarchar(max)", maxLength: 5000, nullable: false),
                    Text = table.Column<string>(type: "nvarchar(max)", maxLength: 5000, nullable: true),
                    AppealedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ReceivedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    DueAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Verdict = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PolicyId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Language = table.Column<string>(type: "nvarchar(35)", maxLength: 35, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Automated = table.Column<bool>(type: "bit", nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    State = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false, collation: "Latin1_General_100_BIN2"),
                    AnswerId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    JudgeId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    AnsweredAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    CorrectionId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    SettledAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    DeliveryId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_appeal", x => x.Number);
                    table.ForeignKey(
                        name: "FK_appeal_case_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "case",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_appeal_decision_DecisionId",
                        column: x => x.DecisionId,
                        principalTable: "decision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "appeal_evidence",
                columns: table => new
                {
                    AppealNumber = table.Column<long>(type: "bigint", nullable: false),
                    ItemVersionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_appeal_evidence", x => new { x.AppealNumber, x.ItemVersionId });
                    table.ForeignKey(
                        name: "FK_appeal_evidence_appeal_AppealNumber",
                        column: x => x.AppealNumber,
                        principalTable: "appeal",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_appeal_AppellantId_AppellantTypeId",
                table: "appeal",
                columns: new[] { "AppellantId", "AppellantTypeId" });

            migrationBuilder.CreateIndex(
                name: "IX_appeal_CaseNumber",
                table: "appeal",
                column: "CaseNumber");

            migrationBuilder.CreateIndex(
                name: "IX_appeal_DecisionId_AppellantTypeId_AppellantId_Round",
                table: "appeal",
                columns: new[] { "DecisionId", "AppellantTypeId", "AppellantId", "Round" },
                unique: true,
                filter: "[AppellantId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_appeal_ExternalId_AppellantTypeId_AppellantId",
                table: "appeal",
                columns: new[] { "ExternalId", "AppellantTypeId", "AppellantId" },
                unique: true,
                filter: "[AppellantId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_appeal_Id",
                table: "appeal",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_appeal_ReceivedAt",
                table: "appeal",
                column: "ReceivedAt");

            migrationBuilder.CreateIndex(
                name: "IX_appeal_SettledAt",
                table: "appeal",
                column: "SettledAt");

            migrationBuilder.CreateIndex(
                name: "IX_appeal_State_DueAt",
                table: "appeal",
                columns: new[] { "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_appeal_TaskNumber",
                table: "appeal",
                column: "TaskNumber",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "appeal_evidence");

            migrationBuilder.DropTable(
                name: "appeal");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "enforcement_action");

            migrationBuilder.DropForeignKey(
                name: "FK_enforcement_action_action_definition_ActionId",
                table: "enforcement_action");

            migrationBuilder.AlterColumn<string>(
                name: "ActionId",
                table: "enforcement_action",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2",
                oldClrType: typeof(string),
                oldType: "nvarchar(200)",
                oldMaxLength: 200,
                oldNullable: true,
                oldCollation: "Latin1_General_100_BIN2");

            migrationBuilder.AddForeignKey(
                name: "FK_enforcement_action_action_definition_ActionId",
                table: "enforcement_action",
                column: "ActionId",
                principalTable: "action_definition",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }
    }
}
